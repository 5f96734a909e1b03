// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileMerger;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Merges profiles one after the other: {@code MergePass <output> <file>...}. */
public final class MergePass {
  private MergePass() {}

  /** Reads, merges and writes; the times of the parts follow. */
  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    ProfileMerger merger = new ProfileMerger();
    for (int file = 1; file < args.length; file++) {
      merger.add(Profile.read(Path.of(args[file])));
    }
    Profile merged = merger.merge();
    long mergedAt = System.nanoTime();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])))) {
      merged.writeTo(out);
    }
    System.out.printf(
        "read and merge %d ms, write %d ms, %d samples%n",
        (mergedAt - start) / 1_000_000,
        (System.nanoTime() - mergedAt) / 1_000_000,
        merged.samples().size());
  }
}
