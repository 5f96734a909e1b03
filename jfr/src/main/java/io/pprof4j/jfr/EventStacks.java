// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.JvmMethod;
import io.pprof4j.profile.ProfileBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/** Turns stacks of a recording into rows of a profile's locations. */
final class EventStacks {
  /** No descriptor of Java: a class needs a name. */
  private static final String NO_DESCRIPTOR = "()L;";

  /** The reader gives equal stacks of one chunk as one object; more chunks than this start anew. */
  private static final int MAX_CACHED = 100_000;

  private final JvmFrames frames;
  private final MethodDetails details;
  private final IdentityHashMap<RecordedStackTrace, int[]> rowsOfStack = new IdentityHashMap<>();
  private final IdentityHashMap<RecordedMethod, JvmMethod> methodOfRecorded =
      new IdentityHashMap<>();
  private final Map<JvmMethod, JvmMethod> completed = new HashMap<>();
  private long truncated;

  EventStacks(ProfileBuilder builder, MethodDetails details, String mainSource) {
    this.frames = new JvmFrames(builder, mainSource);
    this.details = details;
  }

  /** The rows of a stack, leaf first; an event without one gets one frame that says so. */
  int[] rows(@Nullable RecordedStackTrace stack) {
    if (stack == null) {
      return noStack();
    }
    if (stack.isTruncated()) {
      truncated++;
    }
    int[] known = rowsOfStack.get(stack);
    if (known != null) {
      return known;
    }
    if (rowsOfStack.size() >= MAX_CACHED) {
      rowsOfStack.clear();
      methodOfRecorded.clear();
    }
    int[] converted = convert(stack.getFrames());
    int[] rows = converted.length == 0 ? noStack() : converted;
    rowsOfStack.put(stack, rows);
    return rows;
  }

  private int[] noStack() {
    return new int[] {frames.nativeLocation("[no stack]", "")};
  }

  /** How many events had a stack that was cut at its root. */
  long truncated() {
    return truncated;
  }

  private int[] convert(List<RecordedFrame> recorded) {
    int[] rows = new int[recorded.size()];
    int count = 0;
    for (RecordedFrame frame : recorded) {
      // Frames that the JVM makes for lambdas and method handles; stack traces hide them too.
      boolean isHidden = frame.isJavaFrame() && frame.getMethod().isHidden();
      if (!isHidden || recorded.size() == 1) {
        rows[count++] = row(frame);
      }
    }
    return Arrays.copyOf(rows, count);
  }

  private int row(RecordedFrame frame) {
    RecordedMethod recorded = frame.getMethod();
    if (recorded == null) {
      return frames.nativeLocation("[unknown]", "");
    }
    if (isNative(frame)) {
      String library = recorded.getType() == null ? "" : recorded.getType().getName();
      return frames.nativeLocation(recorded.getName(), library);
    }
    return frames.location(method(recorded), frame.getLineNumber());
  }

  /**
   * Frames that are not Java: async-profiler gives them a library for their class and {@link
   * #NO_DESCRIPTOR}. The JDK calls native methods of Java native too, and those have a descriptor.
   */
  private static boolean isNative(RecordedFrame frame) {
    String type = frame.getType();
    return "C++".equals(type)
        || "Kernel".equals(type)
        || ("Native".equals(type) && !hasDescriptor(frame.getMethod()));
  }

  private static boolean hasDescriptor(RecordedMethod method) {
    String descriptor = method.getDescriptor();
    return descriptor != null && descriptor.startsWith("(") && !descriptor.equals(NO_DESCRIPTOR);
  }

  private JvmMethod method(RecordedMethod recorded) {
    return methodOfRecorded.computeIfAbsent(
        recorded,
        added -> {
          String className = added.getType() == null ? "" : added.getType().getName();
          String descriptor = added.getDescriptor() == null ? "" : added.getDescriptor();
          JvmMethod method = new JvmMethod(className, added.getName(), descriptor, "", 0, "");
          return completed.computeIfAbsent(method, details::complete);
        });
  }
}
