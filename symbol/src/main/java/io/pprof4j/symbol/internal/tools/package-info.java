// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Programs of the system that know native binaries: where they are, how they are asked, what they
 * answer.
 */
package io.pprof4j.symbol.internal.tools;
