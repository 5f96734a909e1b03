// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.internal.GeneratedCode;
import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.capture.internal.ThreadStacks;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stacks of all virtual threads. Of those that wait the JVM walks a few, where the others are
 * found to have the same stack.
 */
final class VirtualThreadStacks {
  /** Answers for more threads are arrays so large that G1 gives them regions of their own. */
  private static final int BATCH = 1 << 15;

  /** Fewer threads are walked in less than a millisecond. */
  private static final int FEW = 200;

  private final NativeSampler sampler;
  private final VirtualThreadList list;

  /** Null until there were threads to find it by. */
  private volatile @Nullable ChunkLayout layout;

  VirtualThreadStacks(NativeSampler sampler) {
    this.sampler = sampler;
    this.list = VirtualThreadList.find(sampler.trustedLookup());
  }

  /** Whether all virtual threads can be listed, or there can be none. */
  boolean areKnown() {
    return list.isKnown();
  }

  /**
   * What a dump took.
   *
   * @param threads how many virtual threads there were
   * @param walked of how many the JVM walked the stack
   */
  record Effort(int threads, int walked) {}

  /** Hands over the stacks in batches. */
  Effort each(int depth, Consumer<ThreadStacks> use) {
    List<Thread> threads = list.list();
    FrozenStacks known = threads.size() < FEW ? null : frozen(threads);
    int walked = 0;
    for (int from = 0; from < threads.size(); from += BATCH) {
      int to = Math.min(threads.size(), from + BATCH);
      Thread[] batch = threads.subList(from, to).toArray(Thread[]::new);
      if (known == null) {
        walked += walk(batch, depth, use);
      } else {
        walked += recognise(known, batch, depth, use);
      }
    }
    return new Effort(threads.size(), walked);
  }

  /** Null if the JVM is not one whose frames are known. */
  private @Nullable FrozenStacks frozen(List<Thread> threads) {
    ChunkLayout known = layout;
    if (known == null) {
      GeneratedCode code = sampler.generatedCode();
      known = code == null ? null : ChunkLayout.find(threads, code);
      layout = known;
    }
    return known == null ? null : new FrozenStacks(known, new FrameSizes(sampler));
  }

  private int walk(Thread[] threads, int depth, Consumer<ThreadStacks> use) {
    if (threads.length > 0) {
      use.accept(sampler.stacksOf(threads, depth));
    }
    return threads.length;
  }

  private int recognise(
      FrozenStacks known, Thread[] threads, int depth, Consumer<ThreadStacks> use) {
    long[] fingerprints = new long[threads.length];
    for (int thread = 0; thread < threads.length; thread++) {
      fingerprints[thread] = known.fingerprint(threads[thread]);
    }
    AlikeThreads alike = AlikeThreads.of(threads, fingerprints);
    AlikeThreads.Answer answer = alike.answer(sampler.stacksOf(alike.asked(), depth));
    use.accept(answer.stacks());
    return alike.asked().length + walk(answer.others(), depth, use);
  }
}
