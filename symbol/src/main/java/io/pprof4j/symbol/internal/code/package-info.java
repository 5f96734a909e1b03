// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Java code: class files and their bytecode, where classes and sources are found, decompiling. */
package io.pprof4j.symbol.internal.code;
