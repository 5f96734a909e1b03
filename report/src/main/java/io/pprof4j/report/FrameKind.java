// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

/** Whose code a frame is; what flame graphs colour by and legends name. */
public enum FrameKind {
  /** Code of the program that was profiled. */
  APPLICATION("application"),
  /** Code that the program brought along. */
  LIBRARY("library"),
  /** The language's own library: the JDK, Go's standard library and runtime. */
  RUNTIME("JDK and runtime"),
  /** Native code of shared libraries, the JVM's included. */
  NATIVE("native"),
  /** The operating system's kernel. */
  KERNEL("kernel"),
  /** Garbage collection. */
  COLLECTOR("garbage collection"),
  /** Compilation while the program runs. */
  COMPILER("JIT compilation"),
  /** No code: the root, frames made of labels, frames without a name. */
  OTHER("other");

  private final String title;

  FrameKind(String title) {
    this.title = title;
  }

  /** What to call the kind, in lower case. */
  public String title() {
    return title;
  }
}
