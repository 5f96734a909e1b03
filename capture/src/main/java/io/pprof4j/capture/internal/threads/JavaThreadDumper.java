// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.capture.internal.labels.LabelTracker;
import io.pprof4j.profile.JvmMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes the stacks of platform threads by the JDK's own means, without the native library. */
public final class JavaThreadDumper implements ThreadDumper {
  private final String comment;

  /**
   * A dumper for a JVM without the native library.
   *
   * @param reason why the library is not there, for the profile's comment
   */
  public JavaThreadDumper(String reason) {
    comment =
        "engine: Thread.getAllStackTraces; virtual threads are missing, because the native library"
            + " is not loaded"
            + (reason.isEmpty() ? "" : ": " + reason);
  }

  @Override
  public ThreadDump dump(int depth) {
    Map<List<JavaFrame>, List<JavaFrame>> stacks = new HashMap<>();
    List<DumpedThread> threads = new ArrayList<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, trace) -> {
              List<JavaFrame> frames = frames(trace, depth);
              List<JavaFrame> shared = stacks.computeIfAbsent(frames, same -> same);
              threads.add(dumped(thread, shared));
            });
    return new ThreadDump(threads, List.of(comment));
  }

  private static DumpedThread dumped(Thread thread, List<JavaFrame> frames) {
    return new DumpedThread(
        thread, RunState.of(thread.getState()), frames, LabelTracker.get().labelsOf(thread));
  }

  private static List<JavaFrame> frames(StackTraceElement[] trace, int depth) {
    List<JavaFrame> frames = new ArrayList<>();
    for (int frame = 0; frame < Math.min(depth, trace.length); frame++) {
      frames.add(frame(trace[frame]));
    }
    return frames.isEmpty() ? DumpedThread.NO_JAVA : List.copyOf(frames);
  }

  /** A frame as the JDK tells it: without descriptor and start line. */
  public static JavaFrame frame(StackTraceElement element) {
    String file = element.getFileName();
    JvmMethod method =
        new JvmMethod(
            element.getClassName(), element.getMethodName(), "", file == null ? "" : file, 0, "");
    return new JavaFrame(method, Math.max(0, element.getLineNumber()));
  }
}
