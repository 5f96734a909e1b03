// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.agent;

import java.io.IOException;

/** Runs in a JVM of its own: fills the heap when it is told to, survives that, and lives on. */
public final class FullHeap {
  private static final long FULL_NANOS = 4_000_000_000L;

  private FullHeap() {}

  /** Reads a byte, fills the heap for some seconds, and reads until the end. */
  public static void main(String[] arguments) throws IOException {
    byte[][] kept = new byte[1 << 18][];
    pause(); // what is run for the first time needs memory
    System.out.println("ready");
    System.in.read();
    int count = 0;
    long end = System.nanoTime() + FULL_NANOS;
    while (System.nanoTime() < end) {
      try {
        while (count < kept.length) {
          kept[count] = new byte[1000];
          count++;
        }
      } catch (OutOfMemoryError e) {
        // A little room again, for others to take, and time for that.
        for (int freed = 0; freed < 20; freed++) {
          kept[--count] = null;
        }
        pause();
      }
    }
    kept = null;
    System.gc();
    System.out.println("free");
    while (System.in.read() >= 0) {
      // Lives on.
    }
  }

  private static void pause() {
    long end = System.nanoTime() + 20_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
