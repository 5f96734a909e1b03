// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

/** Coordinates as text. */
final class Decimal {
  private Decimal() {}

  /** At most two decimals, and none where there are none. */
  static String of(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    String sign = hundredths < 0 ? "-" : "";
    long size = Math.abs(hundredths);
    String tail = size % 10 == 0 ? "" : Long.toString(size % 10);
    return sign + size / 100 + '.' + size / 10 % 10 + tail;
  }
}
