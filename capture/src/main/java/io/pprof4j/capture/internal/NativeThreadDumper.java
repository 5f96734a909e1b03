// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.JavaFrame;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the stacks of platform threads at one safepoint and those of virtual threads one after the
 * other, by the native library.
 */
public final class NativeThreadDumper implements ThreadDumper {
  private static final String ENGINE = "# engine: JVM TI stacks of platform and virtual threads";

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
      Map<Long, JavaFrame> frames = new HashMap<>();
      add(sampler.allStacks(depth), frames, threads);
      add(sampler.stacksOf(virtualThreads.list(), depth), frames, threads);
      String gap = virtualThreads.isKnown() ? "" : "; virtual threads cannot be listed";
      return new ThreadDump(threads, List.of(ENGINE + gap));
    } catch (EngineUnavailableException e) {
      return fallback.dump(depth);
    }
  }

  private void add(ThreadStacks stacks, Map<Long, JavaFrame> frames, List<DumpedThread> threads) {
    List<List<JavaFrame>> resolved = new ArrayList<>(stacks.stackCount());
    for (int stack = 0; stack < stacks.stackCount(); stack++) {
      resolved.add(resolve(stacks, stack, frames));
    }
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

  private List<JavaFrame> resolve(ThreadStacks stacks, int stack, Map<Long, JavaFrame> frames) {
    if (stacks.depth(stack) == 0) {
      return DumpedThread.NO_JAVA;
    }
    JavaFrame[] resolved = new JavaFrame[stacks.depth(stack)];
    for (int frame = 0; frame < resolved.length; frame++) {
      int method = stacks.method(stack, frame);
      int line = stacks.line(stack, frame);
      long key = ((long) method << 32) | line;
      resolved[frame] =
          frames.computeIfAbsent(
              key, added -> new JavaFrame(sampler.codeTable().method(method), Math.max(0, line)));
    }
    return List.copyOf(Arrays.asList(resolved));
  }
}
