// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Rounding;

/** Multiplies the values of samples. */
final class Scaling {
  private Scaling() {}

  /** Scales each column and drops samples that have only zeros afterwards. */
  static Samples scale(Samples samples, double[] ratios) {
    if (allOnes(ratios)) {
      return samples;
    }
    long[][] value = new long[ratios.length][];
    for (int type = 0; type < ratios.length; type++) {
      value[type] = scaled(samples.value[type], ratios[type]);
    }
    return withoutZeros(samples.withValues(value));
  }

  private static boolean allOnes(double[] ratios) {
    for (double ratio : ratios) {
      if (ratio != 1) {
        return false;
      }
    }
    return true;
  }

  private static long[] scaled(long[] column, double ratio) {
    if (ratio == 1) {
      return column;
    }
    long[] scaled = new long[column.length];
    for (int sample = 0; sample < scaled.length; sample++) {
      // Negation is exact, so that a profile minus itself is empty whatever its values.
      scaled[sample] = ratio == -1 ? -column[sample] : Rounding.nearest(column[sample] * ratio);
    }
    return scaled;
  }

  /** The samples that have a value other than zero. */
  static Samples withoutZeros(Samples samples) {
    SampleSelection selection = new SampleSelection(samples.size());
    for (int sample = 0; sample < samples.size(); sample++) {
      if (!isZero(samples, sample)) {
        selection.keep(sample, samples.stack[sample]);
      }
    }
    return selection.build(samples, samples.locations, samples.stacks);
  }

  static boolean isZero(Samples samples, int sample) {
    for (long[] column : samples.value) {
      if (column[sample] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The ratio of the base's total to the profile's own for each column, 0 where that is 0. */
  static double[] normalizing(Profile profile, Profile base) {
    double[] ratios = new double[profile.sampleTypes().size()];
    for (int type = 0; type < ratios.length; type++) {
      long own = profile.total(type);
      ratios[type] = own == 0 ? 0 : (double) base.total(type) / own;
    }
    return ratios;
  }
}
