// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes valid profiles that use every field of the format. */
public final class RandomProfile {
  private static final String[] WORDS = {
    "main",
    "Shop.sell",
    "a",
    "B.c",
    "\u00fcber",
    "run(int)",
    "(anonymous namespace)::f",
    "x y",
    "\ud83d\ude00",
    ""
  };
  private static final String[] KEYS = {"thread", "bytes", "request", "k"};
  private static final String[] UNITS = {"", "bytes", "ms"};

  private final Random random;
  private final ProfileBuilder builder;
  private final int types;

  public RandomProfile(Random random) {
    this(random, random);
  }

  /** {@code shape} decides the sample types and the period type, {@code random} the rest. */
  public RandomProfile(Random random, Random shape) {
    this.random = random;
    ValueType[] all = {
      new ValueType("samples", "count"),
      new ValueType("cpu", "nanoseconds"),
      new ValueType("space", "bytes")
    };
    types = 1 + shape.nextInt(all.length);
    builder = Profile.builder(java.util.Arrays.copyOf(all, types));
    Optional<ValueType> period =
        shape.nextBoolean() ? Optional.of(new ValueType("cpu", "nanoseconds")) : Optional.empty();
    builder.header(header -> header.withPeriod(period, random.nextInt(3) * 1000L));
  }

  public Profile build() {
    builder.header(
        header ->
            header
                .withTime(random.nextInt(3), random.nextInt(1000))
                .withComments(words(random.nextInt(5)))
                .withDefaultSampleType(random.nextBoolean() ? "samples" : "")
                .withDocUrl(word())
                .withDropKeep(word(), word()));
    List<Integer> locations = locations();
    for (int sample = random.nextInt(40); sample > 0; sample--) {
      int[] stack = new int[random.nextInt(8)];
      for (int depth = 0; depth < stack.length; depth++) {
        stack[depth] = pick(locations);
      }
      builder.sample(builder.labels(labels()), stack, values());
    }
    return builder.build();
  }

  private List<Integer> locations() {
    List<Integer> mappings = new ArrayList<>(List.of(Locations.NO_MAPPING));
    for (int mapping = random.nextInt(3); mapping > 0; mapping--) {
      long start = random.nextInt(4) * 0x1000L;
      MappingSpec.Resolved resolved =
          new MappingSpec.Resolved(
              random.nextBoolean(),
              random.nextBoolean(),
              random.nextBoolean(),
              random.nextBoolean());
      mappings.add(
          builder.mapping(
              new MappingSpec(
                  start,
                  start + random.nextInt(0x3000),
                  random.nextInt(2),
                  word(),
                  word(),
                  resolved)));
    }
    List<Integer> functions = new ArrayList<>();
    for (int function = 0; function < 6; function++) {
      functions.add(builder.function(word(), word(), word(), random.nextInt(3)));
    }
    List<Integer> locations = new ArrayList<>();
    for (int location = 0; location < 10; location++) {
      List<LineSpec> lines = new ArrayList<>();
      for (int line = random.nextInt(4); line > 0; line--) {
        lines.add(new LineSpec(pick(functions), random.nextInt(3), random.nextInt(3)));
      }
      long address = random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(0x4000);
      locations.add(
          builder.location(
              new LocationSpec(pick(mappings), address, lines, random.nextInt(4) == 0)));
    }
    return locations;
  }

  private List<Label> labels() {
    List<Label> labels = new ArrayList<>();
    for (int label = random.nextInt(6) - 2; label > 0; label--) {
      String key = KEYS[random.nextInt(KEYS.length)];
      if (random.nextBoolean()) {
        labels.add(Label.of(key, "v" + random.nextInt(3)));
      } else {
        labels.add(Label.of(key, 1 + random.nextInt(3), UNITS[random.nextInt(UNITS.length)]));
      }
    }
    return labels;
  }

  private long[] values() {
    long[] values = new long[types];
    for (int type = 0; type < types; type++) {
      values[type] =
          switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> random.nextLong();
            case 2 -> -random.nextInt(100);
            default -> random.nextInt(100);
          };
    }
    return values;
  }

  private int pick(List<Integer> rows) {
    return rows.get(random.nextInt(rows.size()));
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private List<String> words(int count) {
    List<String> words = new ArrayList<>();
    for (int word = 0; word < count; word++) {
      words.add(word());
    }
    return words;
  }
}
