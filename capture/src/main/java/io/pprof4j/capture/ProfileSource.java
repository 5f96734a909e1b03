// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.util.Set;

/**
 * Takes profiles of one kind. Safe for use by any number of threads at once; each caller gets the
 * profile of its own window. A capture ends early when its thread is interrupted.
 */
public interface ProfileSource {
  /** What a source can do. */
  enum Ability {
    /** A snapshot of everything so far ({@link CaptureRequest#snapshot}). */
    SNAPSHOT,
    /** What happened in a window; for a source with snapshots, the difference of two (a delta). */
    WINDOW,
    /** Text for people, {@link #writeText}. */
    TEXT
  }

  /** What the profiles are about. */
  ProfileKind kind();

  /** The name by which {@link Captures#find} knows this source, {@code goroutine}. */
  default String name() {
    return kind().endpoint();
  }

  /** One or two sentences for an index page, plain text. */
  String description();

  /** What this source can do. */
  Set<Ability> abilities();

  /**
   * How many stacks, threads or values the profile has at the moment, for an index page; cheap, and
   * 0 if nobody knows.
   */
  long count();

  /**
   * Takes a profile; for a window this takes as long as the window.
   *
   * @throws IllegalArgumentException if the source has no ability for the request
   * @throws EngineUnavailableException if no engine of this kind works in this JVM
   * @throws IOException if the capture fails
   * @throws InterruptedException if the calling thread is interrupted; all is released then
   */
  Profile capture(CaptureRequest request) throws IOException, InterruptedException;

  /**
   * Writes a snapshot as text, in the form of Go's {@code debug=1} or {@code debug=2}.
   *
   * @param request {@link CaptureRequest#collectsFirst} is honoured, the rest is ignored
   * @param debug the level of detail; sources other than threads treat all levels as 1
   * @throws IllegalArgumentException if the source has no text
   * @throws IOException if the capture or {@code out} fails
   * @throws InterruptedException if the calling thread is interrupted
   */
  void writeText(CaptureRequest request, int debug, Appendable out)
      throws IOException, InterruptedException;
}
