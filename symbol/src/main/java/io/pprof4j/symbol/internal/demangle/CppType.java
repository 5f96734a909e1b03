// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.demangle;

/**
 * A type of C++ as text.
 *
 * @param before what stands before the name that is declared: {@code int}
 * @param after what stands after it: {@code (char)} of a function
 */
record CppType(String before, String after) {
  static final CppType NONE = new CppType("", "");

  static CppType of(String text) {
    return new CppType(text, "");
  }

  /** The type without a name. */
  String text() {
    return before + after;
  }

  /** A pointer or reference to this type; functions and arrays need parentheses around the sign. */
  CppType pointer(String sign) {
    if (after.isEmpty()) {
      return new CppType(before + sign, "");
    }
    return after.startsWith(")")
        ? new CppType(before + sign, after)
        : new CppType(before + "(" + sign, ")" + after);
  }

  /** This type with a qualifier, which C++ writes behind the type here. */
  CppType qualified(String qualifier) {
    return new CppType(before + qualifier, after);
  }
}
