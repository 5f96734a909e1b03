// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.capture.internal.RawHeap;
import io.pprof4j.capture.internal.labels.LabelSets;
import java.lang.ref.SoftReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the library has sampled, and keeps the stacks for the next read as long as the memory
 * is not wanted otherwise: who reads often pays for what is new only.
 */
final class HeapReader {
  private final NativeSampler library;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private SoftReference<@Nullable HeapStacks> kept = new SoftReference<>(null);

  HeapReader(NativeSampler library) {
    this.library = library;
  }

  HeapSnapshot read() {
    lock.lock();
    try {
      HeapStacks known = kept.get();
      RawHeap raw = library.readHeap(known == null ? 0 : known.count());
      if (known != null && known.start() == raw.start()) {
        return snapshot(raw, known);
      }
      HeapStacks stacks = new HeapStacks(raw.start());
      kept = new SoftReference<>(stacks);
      // Stacks are numbered anew at each start, so those left out were other ones.
      return known == null ? snapshot(raw, stacks) : read();
    } finally {
      lock.unlock();
    }
  }

  private HeapSnapshot snapshot(RawHeap raw, HeapStacks stacks) {
    library.codeTable().update();
    stacks.lock.lock();
    try {
      stacks.add(raw.newStacks(), library.codeTable());
      return new HeapSnapshot(
          stacks,
          HeapRows.of(raw.buckets(), stacks),
          // Asked after the buckets were read, so every number is known.
          LabelSets.get().all(),
          HeapStatistics.of(raw.statistics()),
          raw.timeMillis());
    } finally {
      stacks.lock.unlock();
    }
  }

  /** Lets go of the stacks, which the sampler has forgotten. */
  void forget() {
    lock.lock();
    try {
      kept.clear();
    } finally {
      lock.unlock();
    }
  }
}
