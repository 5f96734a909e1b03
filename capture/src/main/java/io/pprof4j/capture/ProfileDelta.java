// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.CaptureRequest.Delta;
import io.pprof4j.profile.Profile;
import java.util.Arrays;

/** The difference of two snapshots of one profile. */
final class ProfileDelta {
  private ProfileDelta() {}

  /** What was added between two snapshots; the time is that of the later one. */
  static Profile between(Profile before, Profile now, Delta delta) {
    long durationNanos = now.timeNanos() - before.timeNanos();
    return now.minus(before.scale(ratios(now, delta)))
        .withHeader(
            header ->
                now.header()
                    .withSampleTypes(header.sampleTypes())
                    .withTime(now.timeNanos(), durationNanos));
  }

  /** Of each column, how much of what was before is taken off. */
  private static double[] ratios(Profile profile, Delta delta) {
    double[] ratios = new double[profile.sampleTypes().size()];
    Arrays.fill(ratios, 1);
    for (int type = 0; type < ratios.length; type++) {
      boolean isLive = profile.sampleTypes().get(type).type().startsWith("inuse_");
      if (isLive && delta == Delta.CUMULATIVE) {
        ratios[type] = 0;
      }
    }
    return ratios;
  }
}
