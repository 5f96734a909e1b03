// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import io.pprof4j.capture.EngineUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Recordings of this JVM's flight recorder. */
public final class FlightRecordings {
  private FlightRecordings() {}

  /**
   * Makes sure that this JVM has a flight recorder; the first call takes up to some seconds.
   *
   * @throws EngineUnavailableException if it has none, or no room
   */
  public static void require() throws EngineUnavailableException {
    Optional<String> shortage = RepositorySpace.shortage();
    if (shortage.isPresent()) {
      throw new EngineUnavailableException(shortage.get());
    }
    try {
      if (FlightRecorder.isAvailable()) {
        FlightRecorder.getFlightRecorder();
        return;
      }
    } catch (LinkageError | RuntimeException e) {
      throw new EngineUnavailableException("this JVM's flight recorder does not work: " + e, e);
    }
    throw new EngineUnavailableException("this JVM has no flight recorder (module jdk.jfr)");
  }

  /**
   * Starts a recording.
   *
   * @param name names the recording for those who list them ({@code jcmd JFR.check})
   * @throws EngineUnavailableException if the flight recorder does not work
   */
  public static Recording start(String name, Consumer<Recording> settings)
      throws EngineUnavailableException {
    require();
    Recording recording = new Recording();
    try {
      recording.setName("pprof4j-" + name);
      settings.accept(recording);
      recording.start();
      return recording;
    } catch (RuntimeException | LinkageError e) {
      recording.close();
      throw new EngineUnavailableException("cannot record: " + e, e);
    }
  }

  /** What is done with the file of a recording. */
  public interface FileUse<T> {
    T use(Path file) throws IOException;
  }

  /** Stops a recording, hands over its file, and deletes both. */
  public static <T> T finish(Recording recording, FileUse<T> use) throws IOException {
    Path file = TemporaryRecording.create();
    try {
      recording.stop();
      recording.dump(file);
      return use.use(file);
    } finally {
      recording.close();
      TemporaryRecording.delete(file);
    }
  }

  /**
   * Stops a recording, hands over a file of what it has since a time and of the moments before that
   * are in the same chunk, and deletes both.
   */
  public static <T> T finishSince(Recording recording, Instant start, FileUse<T> use)
      throws IOException {
    Path file = TemporaryRecording.create();
    try {
      recording.stop();
      try (InputStream chunks = recording.getStream(start, null)) {
        if (chunks == null) {
          recording.dump(file);
        } else {
          Files.copy(chunks, file, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      return use.use(file);
    } finally {
      recording.close();
      TemporaryRecording.delete(file);
    }
  }

  /** Hands over all events of a file. */
  public static void forEach(Path file, Consumer<RecordedEvent> use) throws IOException {
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        use.accept(recording.readEvent());
      }
    }
  }
}
