// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static java.util.Objects.requireNonNull;

import io.pprof4j.profile.JvmMethod;

/**
 * A frame of a captured stack.
 *
 * @param method the method; one without a class name is not Java but says what stands here
 * @param line line in the source, 0 if unknown
 */
public record JavaFrame(JvmMethod method, int line) {
  /** Rejects null. */
  public JavaFrame {
    requireNonNull(method, "method");
  }
}
