// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import io.pprof4j.profile.Function;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.MappingSpec;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Runs the usual reports once, in one process, so that the JVM can keep the classes that they need
 * for faster starts: {@code ArchiveTraining <profile> <report>...}, where a report is the flags of
 * one run, or {@code -http}, or a recording to be read. Run when the distribution is built, see its
 * {@code archives.sh}.
 */
public final class ArchiveTraining {
  /** Enough stacks and frames that what runs on several threads does, deflating included. */
  private static final int STACKS = 80_000;

  private static final int DEPTH = 60;

  /** How the name of a recording ends. */
  private static final String RECORDING = ".jfr.gz";

  private final Path directory;

  private ArchiveTraining(Path directory) {
    this.directory = directory;
  }

  /**
   * Runs the reports. What they print is not kept.
   *
   * @throws IOException if the profile cannot be read or no temporary file written
   */
  public static void main(String[] arguments) throws IOException {
    Path small = Path.of(arguments[0]).toAbsolutePath();
    Path directory = Files.createTempDirectory("pprof-training");
    Path large = directory.resolve("large.pb.gz");
    try {
      writeLarge(Profile.read(small), large);
      ArchiveTraining training = new ArchiveTraining(directory);
      for (String report : List.of(arguments).subList(1, arguments.length)) {
        if (report.endsWith(RECORDING)) {
          training.run("-top", Path.of(report).toAbsolutePath());
          continue;
        }
        training.run(report, small);
        training.run(report, large);
      }
    } finally {
      try (var files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
    Main.main(new String[] {"-top", small.toString()});
  }

  private void run(String report, Path profile) throws IOException {
    if (report.equals("-http")) {
      WebTraining.run(profile, directory);
      return;
    }
    List<String> arguments = new ArrayList<>(List.of(report.split(" ")));
    arguments.add(profile.toString());
    Cli.run(
        new CliEnvironment(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Map.of("HOME", directory.toString(), "PPROF_TMPDIR", directory.toString()),
            directory,
            ZoneOffset.UTC,
            Set.of()),
        arguments.toArray(String[]::new));
  }

  /** A profile with the functions of another one, in stacks that are all different. */
  private static void writeLarge(Profile names, Path file) throws IOException {
    ProfileBuilder builder =
        Profile.builder(new ValueType("samples", "count"), new ValueType("cpu", "nanoseconds"));
    int mapping = builder.mapping(MappingSpec.resolvedFile("training", ""));
    int[] locations = new int[names.functions().size()];
    for (int at = 0; at < locations.length; at++) {
      Function function = names.functions().get(at);
      int row = builder.function(function.name(), "", function.filename(), 0);
      locations[at] = builder.location(mapping, row, at);
    }
    Random random = new Random(1);
    int[] stack = new int[DEPTH];
    int labels = builder.labels(List.of(Label.of("thread", "worker")));
    for (int sample = 0; sample < STACKS; sample++) {
      for (int frame = 0; frame < DEPTH; frame++) {
        stack[frame] = locations[random.nextInt(locations.length)];
      }
      builder.sample(labels, stack, 1, 10_000_000);
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      builder.build().writeTo(out);
    }
  }
}
