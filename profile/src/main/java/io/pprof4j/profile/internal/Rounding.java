// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal;

/** Makes whole numbers of values that were multiplied. */
public final class Rounding {
  private Rounding() {}

  /** The nearest integer, halves away from zero; beyond 64 bits the nearest long. */
  public static long nearest(double value) {
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    return (long) (Math.abs(value - whole) >= 0.5 ? whole + Math.signum(value) : whole);
  }
}
