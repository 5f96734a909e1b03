// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.jfr.JfrKind;
import io.pprof4j.jfr.JfrProfiles;
import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a recording and writes one kind of its profiles, which is what jfrconv does. */
public final class RecordingPass {
  private RecordingPass() {}

  /**
   * Runs once.
   *
   * @param arguments the recording, the file to write, the kind as {@link JfrKind} names it
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("usage: RecordingPass recording.jfr out.pb.gz KIND");
    }
    Profile profile =
        JfrProfiles.read(Path.of(arguments[0]))
            .profile(JfrKind.valueOf(arguments[2]))
            .orElseThrow(() -> new IllegalArgumentException("no samples of " + arguments[2]));
    try (OutputStream out = Files.newOutputStream(Path.of(arguments[1]))) {
      profile.writeParallelTo(out, -1); // as the pprof command does
    }
    System.out.println(profile.samples().size() + " samples, total " + profile.total(1));
  }
}
