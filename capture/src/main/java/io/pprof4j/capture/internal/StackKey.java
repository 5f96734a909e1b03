// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.profile.JvmMethod;
import io.pprof4j.profile.Label;
import java.util.List;

/**
 * What makes two samples of a profile one: the stack and the labels.
 *
 * @param frames the stack, leaf first
 * @param labels the labels, in an order of the caller's
 */
public record StackKey(List<JavaFrame> frames, List<Label> labels) {
  /** What stands for stacks of which more are seen than are kept. */
  public static final StackKey OTHERS = note("[more stacks than are kept]");

  /** A stack that is nothing but a text. */
  public static StackKey note(String text) {
    JvmMethod method = new JvmMethod("", text, "", "", 0, "");
    return new StackKey(List.of(new JavaFrame(method, 0)), List.of());
  }

  /** Copies the lists. */
  public StackKey {
    frames = List.copyOf(frames);
    labels = List.copyOf(labels);
  }
}
