// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.profile.JvmMethod;

/** Adds to a method what a recording does not tell: source file, start line, code source. */
@FunctionalInterface
public interface MethodDetails {
  /** Adds nothing; the source file then follows from the class's name. */
  MethodDetails NONE = method -> method;

  /** The method with what is known of it added; must not throw. */
  JvmMethod complete(JvmMethod method);
}
