// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import java.util.List;

/**
 * All threads of this JVM at about one moment.
 *
 * @param threads the threads, platform threads first
 * @param comments what a reader should know of how the dump was made
 */
public record ThreadDump(List<DumpedThread> threads, List<String> comments) {
  /** Copies the lists. */
  public ThreadDump {
    threads = List.copyOf(threads);
    comments = List.copyOf(comments);
  }
}
