// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Samples;
import io.pprof4j.report.internal.request.SampleValues;

/**
 * The values of a report summed by distinct stack, so that all that depends on the stack only is
 * done once per stack instead of once per sample.
 */
final class StackWeights {
  /** By stack row. */
  final long[] weight;

  /** By stack row; empty unless values are means. */
  final long[] divisor;

  /** Whether a sample of the stack has a value; the sum of such samples may still be 0. */
  final boolean[] used;

  StackWeights(Profile profile, SampleValues values) {
    Samples samples = profile.samples();
    int stacks = profile.stacks().size();
    weight = new long[stacks];
    divisor = new long[values.mean() ? stacks : 0];
    used = new boolean[stacks];
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      long value = values.value(samples, sample);
      long count = values.divisor(samples, sample);
      if (value != 0 || count != 0) {
        int stack = samples.stack(sample);
        used[stack] = true;
        weight[stack] += value;
        if (values.mean()) {
          divisor[stack] += count;
        }
      }
    }
  }

  boolean hasDivisor() {
    return divisor.length > 0;
  }
}
