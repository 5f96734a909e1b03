// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.waits;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.capture.internal.ThreadIds;
import io.pprof4j.capture.internal.ThreadStacks;
import io.pprof4j.capture.internal.threads.NativeFrames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** By the native library, which looks at all threads' fields and stops only those with locks. */
final class NativeWaitingThreads implements WaitingThreads {
  private static final int MAX_DEPTH = 128;

  private final NativeSampler library;
  private final NativeFrames frames;

  NativeWaitingThreads(NativeSampler library) {
    this.library = library;
    frames = new NativeFrames(library.codeTable());
  }

  @Override
  public long[] mayWait() {
    Thread[] waiters = library.lockWaiters();
    long[] ids = new long[waiters.length];
    for (int waiter = 0; waiter < ids.length; waiter++) {
      ids[waiter] = ThreadIds.of(waiters[waiter]);
    }
    return ids;
  }

  @Override
  public Map<Thread, List<JavaFrame>> stacks(long[] threads) {
    ThreadStacks stacks = library.stacksOf(library.threadsOf(threads), MAX_DEPTH);
    List<List<JavaFrame>> all = frames.all(stacks);
    Map<Thread, List<JavaFrame>> found = new HashMap<>();
    for (int thread = 0; thread < stacks.threadCount(); thread++) {
      if (stacks.stackOf(thread) != ThreadStacks.NO_STACK) {
        found.put(stacks.thread(thread), all.get(stacks.stackOf(thread)));
      }
    }
    return found;
  }
}
