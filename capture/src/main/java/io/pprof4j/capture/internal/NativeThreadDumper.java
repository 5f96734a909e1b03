// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.JavaFrame;
import io.pprof4j.profile.Label;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes the stacks of platform threads at one safepoint and those of virtual threads one after the
 * other, by the native library.
 */
public final class NativeThreadDumper implements ThreadDumper {
  private static final String ENGINE = "# engine: JVM TI stacks of platform and virtual threads";

  /** Answers for more threads are arrays so large that G1 gives them regions of their own. */
  private static final int BATCH = 1 << 15;

  private final NativeSampler sampler;
  private final VirtualThreadList virtualThreads;
  private final ThreadDumper fallback;

  /** A dumper by the library, which leaves the work to another one when the JVM refuses. */
  public NativeThreadDumper(NativeSampler sampler, ThreadDumper fallback) {
    this.sampler = sampler;
    this.virtualThreads = VirtualThreadList.find(sampler.trustedLookup());
    this.fallback = fallback;
  }

  /** The best dumper of this JVM. */
  public static ThreadDumper best() {
    try {
      return new NativeThreadDumper(NativeSampler.get(), new JavaThreadDumper("it was refused"));
    } catch (EngineUnavailableException | RuntimeException e) {
      System.getLogger(NativeThreadDumper.class.getName())
          .log(Level.DEBUG, "threads are dumped without the native library", e);
      return new JavaThreadDumper(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public ThreadDump dump(int depth) {
    try {
      List<DumpedThread> threads = new ArrayList<>();
      NativeFrames frames = new NativeFrames(sampler.codeTable());
      add(sampler.allStacks(depth), frames, threads);
      eachBatch(depth, stacks -> add(stacks, frames, threads));
      return new ThreadDump(threads, comments());
    } catch (EngineUnavailableException e) {
      return fallback.dump(depth);
    }
  }

  @Override
  public ThreadTally tally(int depth) {
    try {
      ThreadTally tally = new ThreadTally(comments());
      NativeFrames frames = new NativeFrames(sampler.codeTable());
      add(sampler.allStacks(depth), frames, tally);
      eachBatch(depth, stacks -> add(stacks, frames, tally));
      return tally;
    } catch (EngineUnavailableException e) {
      return fallback.tally(depth);
    }
  }

  private void eachBatch(int depth, Consumer<ThreadStacks> use) {
    List<Thread> threads = virtualThreads.list();
    for (int from = 0; from < threads.size(); from += BATCH) {
      int to = Math.min(threads.size(), from + BATCH);
      use.accept(sampler.stacksOf(threads.subList(from, to).toArray(Thread[]::new), depth));
    }
  }

  private List<String> comments() {
    String gap = virtualThreads.isKnown() ? "" : "; virtual threads cannot be listed";
    return List.of(ENGINE + gap);
  }

  /** Counts in arrays, so that a hundred thousand threads are no garbage. */
  private static void add(ThreadStacks stacks, NativeFrames frames, ThreadTally tally) {
    List<List<JavaFrame>> resolved = frames.all(stacks);
    Map<Thread.State, long[]> countsOfState = new EnumMap<>(Thread.State.class);
    for (int thread = 0; thread < stacks.threadCount(); thread++) {
      int stack = stacks.stackOf(thread);
      if (stack == ThreadStacks.NO_STACK) {
        continue;
      }
      Thread.State state = RunState.state(stacks.stateOf(thread));
      List<Label> labels = LabelTracker.get().labelsOf(stacks.thread(thread));
      if (labels.isEmpty()) {
        countsOfState.computeIfAbsent(state, added -> new long[resolved.size()])[stack]++;
      } else {
        tally.add(resolved.get(stack), state, labels, 1);
      }
    }
    countsOfState.forEach(
        (state, counts) -> {
          for (int stack = 0; stack < counts.length; stack++) {
            if (counts[stack] > 0) {
              tally.add(resolved.get(stack), state, List.of(), counts[stack]);
            }
          }
        });
  }

  private void add(ThreadStacks stacks, NativeFrames frames, List<DumpedThread> threads) {
    List<List<JavaFrame>> resolved = frames.all(stacks);
    for (int thread = 0; thread < stacks.threadCount(); thread++) {
      int stack = stacks.stackOf(thread);
      if (stack != ThreadStacks.NO_STACK) {
        Thread dumped = stacks.thread(thread);
        threads.add(
            new DumpedThread(
                dumped,
                RunState.ofJvmti(stacks.stateOf(thread)),
                resolved.get(stack),
                LabelTracker.get().labelsOf(dumped)));
      }
    }
  }
}
