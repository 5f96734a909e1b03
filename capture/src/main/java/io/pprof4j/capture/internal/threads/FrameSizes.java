// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.internal.NativeSampler;

/**
 * How large frames are, by the addresses at which they go on. The JVM is asked once for each; what
 * it says holds while code stays where it is, so this is to be used for a moment. Not safe for use
 * by several threads.
 */
final class FrameSizes {
  private final NativeSampler sampler;

  /** Addresses; 0 is a free slot. */
  private long[] addresses = new long[1024];

  private int[] words = new int[addresses.length];
  private int count;

  FrameSizes(NativeSampler sampler) {
    this.sampler = sampler;
  }

  /** As {@link NativeSampler#frameWords}. */
  int words(long pc) {
    if (pc == 0) {
      return 0;
    }
    int slot = slot(pc);
    if (addresses[slot] == 0) {
      if (2 * ++count > addresses.length) {
        grow();
        slot = slot(pc);
      }
      addresses[slot] = pc;
      words[slot] = sampler.frameWords(pc);
    }
    return words[slot];
  }

  private int slot(long pc) {
    int mask = addresses.length - 1;
    int slot = (int) ((pc * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (addresses[slot] != pc && addresses[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldAddresses = addresses;
    int[] oldWords = words;
    addresses = new long[2 * oldAddresses.length];
    words = new int[addresses.length];
    for (int old = 0; old < oldAddresses.length; old++) {
      if (oldAddresses[old] != 0) {
        int slot = slot(oldAddresses[old]);
        addresses[slot] = oldAddresses[old];
        words[slot] = oldWords[old];
      }
    }
  }
}
