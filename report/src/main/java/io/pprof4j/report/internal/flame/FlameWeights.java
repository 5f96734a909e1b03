// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.flame;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Samples;
import io.pprof4j.report.internal.request.SampleValues;

/**
 * The values of a flame graph by distinct stack, those of a comparison's base apart from the rest.
 */
public final class FlameWeights {
  /** By stack row: what is shown, without the base. */
  public final long[] self;

  /** By stack row: what is compared to; positive where the base had something. */
  public final long[] base;

  /** Whether a sample of the stack has a value. */
  final boolean[] used;

  /** Whether there is anything in {@link #base}. */
  public final boolean isDiff;

  /** The largest number that divides every value; at least 1. */
  public final long quantum;

  /** Adds up the samples of a profile. */
  public FlameWeights(Profile profile, SampleValues values) {
    Samples samples = profile.samples();
    int stacks = profile.stacks().size();
    self = new long[stacks];
    base = new long[stacks];
    used = new boolean[stacks];
    boolean[] labelled = SampleValues.baseLabelSets(profile.labelSets());
    boolean diff = false;
    long divisor = 0;
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      long value = values.value(samples, sample);
      if (value == 0) {
        continue;
      }
      int stack = samples.stack(sample);
      used[stack] = true;
      // Without labels (pprof's -base) what is below zero is what only the base had.
      if (labelled[samples.labels(sample)] || value < 0) {
        base[stack] -= value;
        diff = true;
      } else {
        self[stack] += value;
      }
      divisor = divisor == 1 ? 1 : gcd(divisor, value);
    }
    isDiff = diff;
    quantum = divisor <= 0 ? 1 : divisor;
  }

  /** What the picture's whole width stands for: both sides of a comparison together. */
  public long width() {
    long width = 0;
    for (int stack = 0; stack < self.length; stack++) {
      width += self[stack] + base[stack];
    }
    return width;
  }

  /** The greatest common divisor of two numbers' sizes; 0 divides nothing. */
  static long gcd(long one, long other) {
    long a = Math.abs(one);
    long b = Math.abs(other);
    while (b > 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
}
