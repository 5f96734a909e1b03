// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

/** How much of a C++ or Rust symbol is shown. */
public enum DemangleStyle {
  /** Without parameters, template parameters and return type. */
  SIMPLE,
  /** Without parameters and return type. */
  TEMPLATES,
  /** Everything but the suffixes of clones. */
  FULL,
  /** The symbol as it is. */
  NONE
}
