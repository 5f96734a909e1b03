// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

/** Takes the stacks of all threads. */
@FunctionalInterface
public interface ThreadDumper {
  /** Takes a dump with stacks of at most {@code depth} frames, the innermost ones. */
  ThreadDump dump(int depth);

  /** Counts threads by stack, which takes less memory than a dump of very many. */
  default ThreadTally tally(int depth) {
    return ThreadTally.of(dump(depth));
  }
}
