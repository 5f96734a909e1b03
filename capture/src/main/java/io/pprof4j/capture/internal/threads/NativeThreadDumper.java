// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.JavaFrame;
import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.capture.internal.ThreadStacks;
import io.pprof4j.capture.internal.labels.LabelTracker;
import io.pprof4j.profile.Label;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the stacks of platform threads at safepoints, some hundred at a time so that none is long,
 * and those of virtual threads one after the other, by the native library.
 */
public final class NativeThreadDumper implements ThreadDumper {
  private static final String ENGINE = "# engine: JVM TI stacks of platform and virtual threads";

  private final NativeSampler sampler;
  private final VirtualThreadStacks virtualThreads;
  private final ThreadDumper fallback;

  /** A dumper by the library, which leaves the work to another one when the JVM refuses. */
  public NativeThreadDumper(NativeSampler sampler, ThreadDumper fallback) {
    this.sampler = sampler;
    this.virtualThreads = new VirtualThreadStacks(sampler);
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
      var effort = virtualThreads.each(depth, stacks -> add(stacks, frames, threads));
      List<String> comments = new ArrayList<>(comments());
      comment(effort).ifPresent(comments::add);
      return new ThreadDump(threads, comments);
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
      comment(virtualThreads.each(depth, stacks -> add(stacks, frames, tally)))
          .ifPresent(tally::comment);
      return tally;
    } catch (EngineUnavailableException e) {
      return fallback.tally(depth);
    }
  }

  private List<String> comments() {
    String gap = virtualThreads.areKnown() ? "" : "; virtual threads cannot be listed";
    return List.of(ENGINE + gap);
  }

  private static Optional<String> comment(VirtualThreadStacks.Effort effort) {
    if (effort.walked() == effort.threads()) {
      return Optional.empty();
    }
    return Optional.of(
        "# virtual threads: the JVM walked %d of %d stacks; the others have the return addresses of these"
            .formatted(effort.walked(), effort.threads()));
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
