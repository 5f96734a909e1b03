// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.profile.Profile;
import java.util.Random;

/** Profiles that are larger than a screen can show at once. */
final class LargeProfiles {
  private LargeProfiles() {}

  /** 20,000 stacks, each with a leaf of its own below 30 functions that they share. */
  static Profile manyStacks() {
    FlameProfiles profiles = new FlameProfiles();
    Random random = new Random(5);
    for (int stack = 0; stack < 20_000; stack++) {
      String[] frames = new String[10];
      frames[0] = "main";
      for (int depth = 1; depth < 9; depth++) {
        frames[depth] = "step" + random.nextInt(3) + "." + depth;
      }
      frames[9] = "leaf" + stack;
      profiles.sample(1 + random.nextInt(5), frames);
    }
    return profiles.build();
  }
}
