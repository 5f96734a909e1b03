// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes profiles of a made-up program: {@code MakeProfile <samples> <depth> <labels: none|few|
 * unique> <seed> <file>...}. Several files are runs of the same program.
 */
public final class MakeProfile {
  private static final int METHODS = 8000;
  private static final long PROGRAM_SEED = 42;

  private MakeProfile() {}

  /** Writes the files. */
  public static void main(String[] args) throws IOException {
    int samples = Integer.parseInt(args[0]);
    int depth = Integer.parseInt(args[1]);
    long seed = Long.parseLong(args[3]);
    for (int file = 4; file < args.length; file++) {
      Profile profile = profile(samples, depth, args[2], seed + file);
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(Path.of(args[file])))) {
        profile.writeTo(out);
      }
    }
  }

  private static Profile profile(int samples, int depth, String labels, long seed) {
    ProfileBuilder builder =
        Profile.builder(new ValueType("samples", "count"), new ValueType("cpu", "nanoseconds"));
    CallGraph graph =
        new CallGraph(new Random(PROGRAM_SEED), new JvmFrames(builder, "shop.jar"), METHODS);
    graph.reseed(seed);
    Random random = new Random(seed);
    for (int sample = 0; sample < samples; sample++) {
      int[] stack = new int[Math.max(1, (int) (depth + random.nextGaussian() * depth / 4))];
      graph.walk(stack);
      long count = 1L + random.nextInt(3);
      builder.sample(
          builder.labels(labels(labels, random, sample)), stack, count, count * 10_000_000);
    }
    return builder
        .header(header -> header.withTime(1_700_000_000_000_000_000L, 60_000_000_000L))
        .build();
  }

  private static List<Label> labels(String kind, Random random, int sample) {
    List<Label> labels = new ArrayList<>();
    if (kind.equals("few")) {
      labels.add(Label.of("thread", "http-nio-8080-exec-" + random.nextInt(200)));
      labels.add(Label.of("endpoint", "/api/v1/orders/" + random.nextInt(50)));
    } else if (kind.equals("unique")) {
      labels.add(Label.of("trace", "%016x".formatted(sample * 0x9E3779B97F4A7C15L)));
    }
    return labels;
  }
}
