// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.StackBatch;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What one chunk after another needs: memory that was never used before is slow, and metadata is
 * mostly the same. Safe for use by several threads.
 */
final class ChunkMemory {
  private final Queue<FrameNumbers> numbers = new ConcurrentLinkedQueue<>();
  private final Queue<StackBatch> stacks = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Metadata metadata;

  /** The metadata of a chunk, of which a cursor is at the event. */
  Metadata metadata(Cursor event) throws ProfileFormatException {
    Metadata read = Metadata.read(event, metadata);
    metadata = read;
    return read;
  }

  /** Room for so many numbers. */
  FrameNumbers numbers(int size) {
    FrameNumbers spare = numbers.poll();
    FrameNumbers taken = spare == null ? new FrameNumbers() : spare;
    taken.clear(size);
    return taken;
  }

  /** A batch without stacks. */
  StackBatch stacks() {
    StackBatch spare = stacks.poll();
    return spare == null ? new StackBatch() : spare;
  }

  /** Ends the use of numbers. */
  void giveBack(FrameNumbers used) {
    numbers.add(used);
  }

  /** Ends the use of a batch. */
  void giveBack(StackBatch used) {
    used.clear();
    stacks.add(used);
  }
}
