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
import java.util.zip.Deflater;

/**
 * Writes profiles of a made-up program: {@code MakeProfile <samples> <depth> <kind> <seed>
 * <file>...}. The same arguments give the same bytes; several files are runs of the same program.
 *
 * <ul>
 *   <li>{@code none}: CPU time, without labels
 *   <li>{@code few}: CPU time, with one of 200 threads and one of 50 endpoints each
 *   <li>{@code endpoints}: CPU time, with one of 1,000 endpoints and one of 200 threads each
 *   <li>{@code unique}: CPU time, with a trace id of its own each, gzip at level 1
 *   <li>{@code run}: CPU time; samples of 100,000 stacks that runs share, a few of them most often
 *   <li>{@code heap}: four values of a heap profile, with the size of the objects as a number
 * </ul>
 */
public final class MakeProfile {
  private static final int METHODS = 8000;
  private static final long PROGRAM_SEED = 42;
  private static final int SHARED_STACKS = 100_000;

  private static final ValueType[] CPU = {
    new ValueType("samples", "count"), new ValueType("cpu", "nanoseconds")
  };
  private static final ValueType[] HEAP = {
    new ValueType("alloc_objects", "count"),
    new ValueType("alloc_space", "bytes"),
    new ValueType("inuse_objects", "count"),
    new ValueType("inuse_space", "bytes")
  };

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
        profile.writeTo(out, args[2].equals("unique") ? 1 : Deflater.DEFAULT_COMPRESSION);
      }
    }
  }

  static Profile profile(int samples, int depth, String labels, long seed) {
    boolean heap = labels.equals("heap");
    ProfileBuilder builder = Profile.builder(heap ? HEAP : CPU);
    CallGraph graph =
        new CallGraph(new Random(PROGRAM_SEED), new JvmFrames(builder, "shop.jar"), METHODS);
    graph.reseed(seed);
    Random random = new Random(seed);
    for (int sample = 0; sample < samples; sample++) {
      boolean fixed = labels.equals("run");
      double spread = fixed ? 0 : random.nextGaussian() * depth / 4;
      int[] stack = new int[Math.max(1, (int) (depth + spread))];
      if (fixed) {
        graph.reseed(PROGRAM_SEED + (long) Math.pow(SHARED_STACKS, random.nextDouble()));
      }
      graph.walk(stack);
      long count = 1L + random.nextInt(3);
      if (heap) {
        addHeap(builder, stack, count, random);
      } else {
        int set = builder.labels(labels(labels, random, sample));
        builder.sample(set, stack, count, count * 10_000_000);
      }
    }
    return builder
        .header(header -> header.withTime(1_700_000_000_000_000_000L, 60_000_000_000L))
        .build()
        .compact();
  }

  private static void addHeap(ProfileBuilder builder, int[] stack, long count, Random random) {
    long size = 16L << random.nextInt(12);
    long live = random.nextInt(3) == 0 ? count : 0;
    int set = builder.labels(List.of(Label.of("bytes", size, "bytes")));
    builder.sample(set, stack, count * 512, count * 512 * size, live * 512, live * 512 * size);
  }

  private static List<Label> labels(String kind, Random random, int sample) {
    List<Label> labels = new ArrayList<>();
    if (kind.equals("few")) {
      labels.add(Label.of("thread", "http-nio-8080-exec-" + random.nextInt(200)));
      labels.add(Label.of("endpoint", "/api/v1/orders/" + random.nextInt(50)));
    } else if (kind.equals("endpoints")) {
      labels.add(Label.of("endpoint", "/api/v1/orders/" + random.nextInt(1000)));
      labels.add(Label.of("thread", "http-nio-8080-exec-" + random.nextInt(200)));
    } else if (kind.equals("unique")) {
      labels.add(Label.of("trace", "%016x".formatted(sample * 0x9E3779B97F4A7C15L)));
    }
    return labels;
  }
}
