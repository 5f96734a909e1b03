// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.trace;

import io.pprof4j.capture.internal.recordings.TimeSpan;
import io.pprof4j.jfr.RecordingEvents;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import jdk.jfr.ValueDescriptor;
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
   * A file without secrets: a new temporary one without events that ended before a span, or on JDKs
   * older than 19, which cannot rewrite a recording, the file itself with secret events made empty.
   *
   * @throws IOException if the file cannot be changed, or has a secret that cannot be erased
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
      erase(file);
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

  private static void erase(Path file) throws IOException {
    RecordingEvents.erase(file, Set.copyOf(SECRET_EVENTS));
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        requireErased(recording.readEvent());
      }
    }
  }

  private static void requireErased(RecordedEvent event) throws IOException {
    String name = event.getEventType().getName();
    if (!SECRET_EVENTS.contains(name)) {
      return;
    }
    for (ValueDescriptor field : event.getFields()) {
      if (field.getTypeName().equals("java.lang.String")
          && event.getString(field.getName()) != null) {
        throw new IOException(name + " could not be erased from the recording");
      }
    }
  }
}
