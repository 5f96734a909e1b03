// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Records what the JVM does, event by event, as a JFR file. */
public interface Tracer {
  /**
   * Records for a while and then writes the file. Events that hold the environment, system
   * properties or command lines are not recorded. Nothing is written before the window is over, so
   * a failure up to then can still be reported in another form.
   *
   * @throws CaptureBusyException if a trace is already being recorded
   * @throws EngineUnavailableException if this JVM has no flight recorder
   * @throws IOException if recording or {@code out} fails
   * @throws InterruptedException if the calling thread is interrupted; the recording is released
   */
  void record(Duration duration, OutputStream out) throws IOException, InterruptedException;

  /**
   * Writes what happened in the past, at once. The first call starts keeping the past, so it writes
   * nothing older than itself; {@code pprof4j.flightrecorder=true} starts with the library.
   *
   * @throws EngineUnavailableException if this JVM has no flight recorder
   * @throws IOException if recording or {@code out} fails
   */
  void past(Duration duration, OutputStream out) throws IOException;
}
