// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

/** Identifiers of threads. */
public final class ThreadIds {
  private ThreadIds() {}

  /** The identifier of a thread, under the only name that JDK 17 has for it. */
  @SuppressWarnings("deprecation") // threadId() is newer than 17
  public static long of(Thread thread) {
    return thread.getId();
  }
}
