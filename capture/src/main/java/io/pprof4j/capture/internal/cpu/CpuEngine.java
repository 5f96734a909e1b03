// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.cpu;

import io.pprof4j.capture.internal.recordings.TimeSpan;
import io.pprof4j.jfr.EventProfile;
import java.io.IOException;

/** A way to sample CPU time. Any number of windows may be open at once. */
interface CpuEngine {
  /** The name by which comments call it. */
  String name();

  /** Whether what is sampled is CPU time, so that none sampled means none used. */
  boolean samplesCpuTime();

  /**
   * Starts sampling.
   *
   * @param hz samples per second of CPU time
   * @throws io.pprof4j.capture.EngineUnavailableException if the engine does not work here
   */
  CpuWindow open(int hz) throws IOException;

  /** Sampling that goes on until it is closed. */
  interface CpuWindow extends AutoCloseable {
    /**
     * The samples taken within a time; the window is over then.
     *
     * @throws IOException if they cannot be read
     */
    EventProfile samples(TimeSpan span) throws IOException;

    /** Stops; never throws. */
    @Override
    void close();
  }
}
