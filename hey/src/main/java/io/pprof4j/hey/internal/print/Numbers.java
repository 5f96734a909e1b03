// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import java.util.Locale;

/** Formats numbers as hey prints them. */
public final class Numbers {
  private Numbers() {}

  /** Seconds with four decimals. */
  public static String seconds(double nanos) {
    return fixed4(nanos / 1e9);
  }

  /** Seconds with four decimals. */
  public static String seconds(long nanos) {
    return seconds((double) nanos);
  }

  /** A number with four decimals. */
  public static String fixed4(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }

  /** A number with three decimals. */
  public static String fixed3(double number) {
    return String.format(Locale.ROOT, "%.3f", number);
  }
}
