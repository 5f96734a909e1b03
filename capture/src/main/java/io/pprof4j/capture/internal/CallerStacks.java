// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.profile.JvmMethod;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Set;

/** The stack of the calling thread, as frames of a profile. */
public final class CallerStacks {
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private CallerStacks() {}

  /**
   * The caller's stack, leaf first.
   *
   * @param library frames of this class are left out at the leaf
   * @param skip further frames to leave out at the leaf
   * @param depth how many frames to keep
   */
  public static List<JavaFrame> take(Class<?> library, int skip, int depth) {
    Set<String> own = Set.of(library.getName(), CallerStacks.class.getName());
    return WALKER.walk(
        frames ->
            frames
                .dropWhile(frame -> own.contains(frame.getClassName()))
                .skip(skip)
                .limit(depth)
                .map(CallerStacks::frame)
                .toList());
  }

  private static JavaFrame frame(StackFrame frame) {
    String file = frame.getFileName();
    JvmMethod method =
        new JvmMethod(
            frame.getClassName(),
            frame.getMethodName(),
            frame.getDescriptor(),
            file == null ? "" : file,
            0,
            CodeSources.of(frame.getDeclaringClass()));
    return new JavaFrame(method, Math.max(0, frame.getLineNumber()));
  }
}
