// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Keeps out of a recording what may hold secrets. We do not record such events, but a recording has
 * all that other recordings ask for at the same time.
 */
final class RecordingScrub {
  /** Events with system properties, environment variables or command lines. */
  static final List<String> SECRET_EVENTS =
      List.of(
          "jdk.InitialSystemProperty",
          "jdk.InitialEnvironmentVariable",
          "jdk.InitialSecurityProperty",
          "jdk.JVMInformation",
          "jdk.SystemProcess",
          "jdk.ProcessStart");

  private RecordingScrub() {}

  /**
   * A file without secrets and without events that ended before a span: the file itself if it has
   * none, else a new temporary one.
   *
   * @throws IOException if the file cannot be read, or this JVM (older than 19) cannot rewrite it
   *     and it must be
   */
  static Path scrub(Path file, TimeSpan span) throws IOException {
    Predicate<RecordedEvent> keep =
        event ->
            !SECRET_EVENTS.contains(event.getEventType().getName())
                && !event.getEndTime().isBefore(span.start());
    Method write;
    try {
      write = RecordingFile.class.getMethod("write", Path.class, Predicate.class);
    } catch (NoSuchMethodException e) {
      requireNoSecrets(file);
      return file;
    }
    Path kept = Files.createTempFile("pprof4j", ".jfr");
    try (RecordingFile recording = new RecordingFile(file)) {
      write.invoke(recording, kept, keep);
      return kept;
    } catch (InvocationTargetException | IllegalAccessException e) {
      Files.deleteIfExists(kept);
      throw new IOException("the recording cannot be rewritten: " + e.getCause(), e);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(kept);
      throw e;
    }
  }

  private static void requireNoSecrets(Path file) throws IOException {
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        String name = recording.readEvent().getEventType().getName();
        if (SECRET_EVENTS.contains(name)) {
          throw new IOException(
              "another recording of this JVM records "
                  + name
                  + ", which may hold secrets, and only JDK 19 and later can leave it out; stop"
                  + " that recording, or disable the event in it");
        }
      }
    }
  }
}
