// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.jfr.internal.EventEraser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Changes the events of a recording in its file. */
public final class RecordingEvents {
  private RecordingEvents() {}

  /**
   * Erases what events say, in place: they stay, with their time, but their fields are 0 or null.
   * The texts that they referred to are overwritten with asterisks among the constants of their
   * chunk, for all other events that refer to them too.
   *
   * @param file a finished recording
   * @param names the names of the events' types, as {@code jdk.ProcessStart}
   * @throws io.pprof4j.profile.ProfileFormatException if the file is no recording, or is damaged;
   *     what is before the damaged chunk is erased then
   * @throws IOException if the file cannot be read or changed
   */
  public static void erase(Path file, Set<String> names) throws IOException {
    EventEraser.erase(file, names);
  }
}
