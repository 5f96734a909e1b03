// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

/** Arithmetic whose results differ between Go and Java. */
public final class GoMath {
  private static final double TWO_TO_63 = 0x1p63;

  private GoMath() {}

  /**
   * A floating-point number as an integer; one that does not fit, or is none, gives the most
   * negative integer as on amd64, where Java saturates.
   */
  public static long toLong(double number) {
    boolean fits = number >= -TWO_TO_63 && number < TWO_TO_63;
    return fits ? (long) number : Long.MIN_VALUE;
  }

  /** The quotient; Go traps on a zero divisor too, but callers never pass one. */
  public static long mean(long sum, long count) {
    return count == 0 ? sum : sum / count;
  }
}
