// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.Location;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Sample;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Work whose cost is known, and sums over profiles to compare with it. */
public final class Truth {
  @SuppressWarnings("UnusedVariable") // written so that the compiler keeps the work
  private static volatile long sink;

  private Truth() {}

  /** Uses the processor for a time, in code that samplers can stop anywhere. */
  public static void spin(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long random = end | 1;
    while (System.nanoTime() < end) {
      for (int round = 0; round < 10_000; round++) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
      }
      sink = random;
    }
  }

  /** The sum of a column over the samples that have a function, by the end of its name. */
  public static long sum(Profile profile, int type, String function) {
    return sum(profile, type, sample -> hasFunction(sample, function));
  }

  /** The sum of a column over some samples. */
  public static long sum(Profile profile, int type, Predicate<Sample> which) {
    long sum = 0;
    for (Sample sample : profile.samples()) {
      sum += which.test(sample) ? sample.value(type) : 0;
    }
    return sum;
  }

  /** Whether a function is on the stack of a sample. */
  public static boolean hasFunction(Sample sample, String function) {
    for (Location location : sample.locations()) {
      if (location.lines().stream().anyMatch(line -> line.function().name().endsWith(function))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a sample has a label. */
  public static boolean hasLabel(Sample sample, String key, String value) {
    return sample.labels().contains(Label.of(key, value));
  }
}
