// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.profile.Label;
import java.util.List;

/**
 * What makes two samples of a profile one: the stack and the labels.
 *
 * @param frames the stack, leaf first
 * @param labels the labels, in an order of the caller's
 */
public record StackKey(List<JavaFrame> frames, List<Label> labels) {
  /** Copies the lists. */
  public StackKey {
    frames = List.copyOf(frames);
    labels = List.copyOf(labels);
  }
}
