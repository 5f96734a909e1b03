// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.report.internal.text.JavaFunction;

/** The package of a function, by which pictures colour. */
public final class PackageName {
  private PackageName() {}

  /**
   * The package of a function by its name in a profile.
   *
   * <p>For a method of a JVM it is the package of its class: {@code com.acme} of {@code
   * com.acme.Shop.sell}, where pprof takes {@code com}. For all other names it is what pprof takes:
   * the part up to the first {@code .} or {@code ::} after the last slash, such as {@code net/http}
   * of {@code net/http.(*conn).serve} and {@code std} of {@code std::sort}.
   *
   * @return empty if there is none
   */
  public static String of(String function) {
    return JavaFunction.parse(function)
        .map(JavaFunction::packageName)
        .orElseGet(() -> ofOthers(function));
  }

  private static String ofOthers(String function) {
    int start = function.lastIndexOf('/') + 1;
    int end = start;
    while (end < function.length() && isWord(function.charAt(end))) {
      end++;
    }
    boolean separated = function.startsWith(".", end) || function.startsWith("::", end);
    return end > start && separated ? function.substring(0, end) : "";
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
