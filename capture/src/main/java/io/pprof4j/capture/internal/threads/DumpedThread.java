// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.profile.JvmMethod;
import io.pprof4j.profile.Label;
import java.util.List;

/**
 * A thread as it was when a dump was taken.
 *
 * @param thread the thread
 * @param state what it did
 * @param frames its stack, leaf first; threads with an equal stack mostly share the list
 * @param labels its labels, sorted by key
 */
public record DumpedThread(
    Thread thread, RunState state, List<JavaFrame> frames, List<Label> labels) {
  /** The stack of a thread of the JVM itself; old formats of profiles have no empty stacks. */
  static final List<JavaFrame> NO_JAVA =
      List.of(new JavaFrame(new JvmMethod("", "[no Java frames]", "", "", 0, ""), 0));
}
