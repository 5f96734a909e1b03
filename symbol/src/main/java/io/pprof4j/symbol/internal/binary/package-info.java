// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Headers, sections and build ids of native binaries: ELF, Mach-O, PE. */
package io.pprof4j.symbol.internal.binary;
