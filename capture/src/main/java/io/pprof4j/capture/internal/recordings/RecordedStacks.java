// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.jfr.MethodDetails;
import io.pprof4j.profile.JvmMethod;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/** Stacks of flight recorder events as frames of a profile. */
public final class RecordedStacks {
  /** Old formats of profiles have no empty stacks. */
  private static final List<JavaFrame> NO_STACK =
      List.of(new JavaFrame(new JvmMethod("", "[no stack]", "", "", 0, ""), 0));

  private final MethodDetails details;

  /** Stacks with what is known of their methods. */
  public RecordedStacks(MethodDetails details) {
    this.details = details;
  }

  /**
   * The frames, leaf first; hidden ones are left out, as in stack traces. An event without a stack
   * gets one frame that says so.
   */
  public List<JavaFrame> frames(@Nullable RecordedStackTrace stack) {
    List<JavaFrame> frames = new ArrayList<>();
    if (stack != null) {
      for (RecordedFrame frame : stack.getFrames()) {
        if (frame.isJavaFrame() && !frame.getMethod().isHidden()) {
          JvmMethod method = details.complete(method(frame.getMethod()));
          frames.add(new JavaFrame(method, Math.max(0, frame.getLineNumber())));
        }
      }
    }
    return frames.isEmpty() ? NO_STACK : frames;
  }

  private static JvmMethod method(RecordedMethod recorded) {
    String descriptor = recorded.getDescriptor() == null ? "" : recorded.getDescriptor();
    return new JvmMethod(recorded.getType().getName(), recorded.getName(), descriptor, "", 0, "");
  }
}
