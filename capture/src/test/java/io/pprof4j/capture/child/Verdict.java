// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

/** Compares estimates with the truth and prints each comparison; the parent reads the lines. */
final class Verdict {
  /**
   * Among the some hundred comparisons of a whole run one is beyond 4.5 standard deviations by
   * chance once in a thousand runs.
   */
  private static final double MAX_Z = 4.5;

  /** Sums are fixed-point numbers of single-precision weights. */
  private static final double ROUNDING = 2e-4;

  private boolean isGood = true;

  /**
   * Compares a number of objects of one size.
   *
   * @param objectBytes their size
   * @param interval the largest mean distance between samples that was in force
   */
  void objects(String what, long truth, long estimate, double objectBytes, double interval) {
    objects(what, truth, estimate, objectBytes, interval, 0);
  }

  /** As above, and the estimate may be wrong by a share of the truth besides. */
  void objects(
      String what, long truth, long estimate, double objectBytes, double interval, double share) {
    double probability = interval <= 1 ? 1 : -Math.expm1(-objectBytes / interval);
    // Each object is sampled or not, and counts for 1/p if it is.
    double sigma = Math.sqrt(truth * (1 - probability) / probability);
    // Where few are sampled, or few are not, the distribution is skewed (Cornish and Fisher).
    double skew = (MAX_Z * MAX_Z - 1) / 6 * Math.abs(1 - 2 * probability) / probability;
    within(what, truth, estimate, MAX_Z * sigma + skew + (ROUNDING + share) * truth, sigma);
  }

  /** Compares two numbers that may differ by a share. */
  void share(String what, long truth, long estimate, double share) {
    within(what, truth, estimate, share * truth, 0);
  }

  private void within(String what, long truth, long estimate, double allowed, double sigma) {
    boolean holds = Math.abs(estimate - truth) <= allowed;
    isGood &= holds;
    System.out.printf(
        "%s %s: true %d, estimated %d, z %.2f%n",
        holds ? "ok" : "WRONG", what, truth, estimate, sigma == 0 ? 0 : (estimate - truth) / sigma);
  }

  /** A condition. */
  void holds(String what, boolean condition) {
    isGood &= condition;
    System.out.println((condition ? "ok " : "WRONG ") + what);
  }

  /** Ends the program: 0 if all holds, else 1. */
  void exit() {
    System.exit(isGood ? 0 : 1);
  }
}
