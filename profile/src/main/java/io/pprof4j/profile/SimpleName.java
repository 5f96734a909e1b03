// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/** Function names without what differs between builds of the same function. */
final class SimpleName {
  /** Texts with an opening parenthesis that does not begin an argument list. */
  private static final String[] RESERVED = {"(anonymous namespace)", "operator()"};

  private SimpleName() {}

  /**
   * A name without the leading dot of the PPC ELF ABI and without its argument list, which starts
   * at the first parenthesis that is not part of a C++ name.
   */
  static String of(String name) {
    String simple = name.startsWith(".") ? name.substring(1) : name;
    int from = 0;
    while (true) {
      int parenthesis = simple.indexOf('(', from);
      if (parenthesis < 0) {
        return simple;
      }
      int end = reservedEnd(simple, from, parenthesis);
      if (end < 0) {
        return simple.substring(0, parenthesis);
      }
      from = end;
    }
  }

  /** End of the reserved text that contains the parenthesis, or -1. */
  private static int reservedEnd(String name, int from, int parenthesis) {
    for (String reserved : RESERVED) {
      int start = parenthesis - reserved.indexOf('(');
      if (start >= from && name.startsWith(reserved, start)) {
        return start + reserved.length();
      }
    }
    return -1;
  }
}
