// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.waits;

import io.pprof4j.capture.JavaFrame;
import java.util.List;
import java.util.Map;

/** Who may wait for a lock, and where those are that hold one. */
interface WaitingThreads {
  /** The identifiers of all platform threads that wait for a lock, and perhaps of others. */
  long[] mayWait();

  /** The stacks of the given threads, of those that are alive. */
  Map<Thread, List<JavaFrame>> stacks(long[] threads);
}
