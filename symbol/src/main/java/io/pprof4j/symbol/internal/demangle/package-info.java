// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Names of C++ and Rust functions as people write them, from what compilers make of them. */
package io.pprof4j.symbol.internal.demangle;
