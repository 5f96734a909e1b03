// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Stacks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Reads a profile, sums flat and cumulative values by function, and prints the ten largest: the
 * least that any report does. {@code TopPass <file>}.
 */
public final class TopPass {
  private static final int ROWS = 10;

  private TopPass() {}

  /** Reads, sums and prints; the times of both parts follow. */
  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    Profile profile = Profile.read(Path.of(args[0]));
    long read = System.nanoTime();
    int type = profile.sampleTypeIndex("");
    long[][] sums = sums(profile, type);
    Integer[] order = IntStream.range(0, sums[0].length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingLong((Integer function) -> -sums[0][function]));
    for (int row = 0; row < Math.min(ROWS, order.length); row++) {
      int function = order[row];
      System.out.printf(
          "%16d %16d  %s%n",
          sums[0][function], sums[1][function], profile.functions().name(function));
    }
    System.out.printf(
        "read %d ms, sum %d ms, %d samples, %d stacks%n",
        (read - start) / 1_000_000,
        (System.nanoTime() - read) / 1_000_000,
        profile.samples().size(),
        profile.stacks().size());
  }

  /** Flat and cumulative sums by function; each function counts once in a stack. */
  private static long[][] sums(Profile profile, int type) {
    Stacks stacks = profile.stacks();
    Locations locations = profile.locations();
    long[] byStack = profile.samples().sumByStack(type);
    long[][] sums = new long[2][profile.functions().size()];
    int[] lastSeen = new int[profile.functions().size()];
    Arrays.fill(lastSeen, -1);
    for (int stack = 0; stack < byStack.length; stack++) {
      for (int depth = 0; depth < stacks.depth(stack); depth++) {
        int location = stacks.location(stack, depth);
        for (int line = 0; line < locations.lineCount(location); line++) {
          int function = locations.function(location, line);
          if (depth == 0 && line == 0) {
            sums[0][function] += byStack[stack];
          }
          if (lastSeen[function] != stack) {
            lastSeen[function] = stack;
            sums[1][function] += byStack[stack];
          }
        }
      }
    }
    return sums;
  }
}
