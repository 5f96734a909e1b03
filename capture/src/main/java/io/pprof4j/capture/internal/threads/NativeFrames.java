// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.capture.internal.CodeTable;
import io.pprof4j.capture.internal.ThreadStacks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names the frames of stacks that the native library took. Not safe for use by several threads. */
public final class NativeFrames {
  private final CodeTable code;
  private final Map<Long, JavaFrame> frames = new HashMap<>();

  /** Frames of methods that the table names. */
  public NativeFrames(CodeTable code) {
    this.code = code;
  }

  /** All stacks, by their numbers. */
  public List<List<JavaFrame>> all(ThreadStacks stacks) {
    List<List<JavaFrame>> all = new ArrayList<>(stacks.stackCount());
    for (int stack = 0; stack < stacks.stackCount(); stack++) {
      all.add(of(stacks, stack));
    }
    return all;
  }

  private List<JavaFrame> of(ThreadStacks stacks, int stack) {
    if (stacks.depth(stack) == 0) {
      return DumpedThread.NO_JAVA;
    }
    JavaFrame[] resolved = new JavaFrame[stacks.depth(stack)];
    for (int frame = 0; frame < resolved.length; frame++) {
      int method = stacks.method(stack, frame);
      int line = stacks.line(stack, frame);
      long key = ((long) method << 32) | line;
      resolved[frame] =
          frames.computeIfAbsent(
              key, added -> new JavaFrame(code.method(method), Math.max(0, line)));
    }
    return List.copyOf(Arrays.asList(resolved));
  }
}
