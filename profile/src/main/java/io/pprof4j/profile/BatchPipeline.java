// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lets another thread decode samples while this one collects what they say: together both take as
 * long as inflating, which a third one does meanwhile. Short inputs are decoded without one, since
 * starting it takes longer. Batches are consumed in the order of the input.
 */
final class BatchPipeline implements AutoCloseable {
  /** Where decoded batches go. */
  interface Target {
    void add(SampleBatch batch);
  }

  /** Batches from which on a thread pays. */
  private static final int ALONE = 64;

  private static final int AHEAD = 8;

  private final SampleDecoder decoder;
  private final Target target;
  private final BlockingQueue<SampleBatch> waiting = new ArrayBlockingQueue<>(AHEAD);
  private final BlockingQueue<SampleBatch> decoded = new ArrayBlockingQueue<>(AHEAD);
  private SampleBatch current = new SampleBatch();
  private int alone;

  /** Batches that are with the other thread or come from it. */
  private int away;

  private @Nullable ReadingThread thread;

  BatchPipeline(SampleDecoder decoder, Target target) {
    this.decoder = decoder;
    this.target = target;
  }

  /**
   * Adds a message.
   *
   * @throws IOException if one that was added before is malformed
   */
  void add(byte[] source, int from, int length, long inputOffset) throws IOException {
    current.add(source, from, length, inputOffset);
    if (current.isFull()) {
      passOn();
    }
  }

  /**
   * Waits until all was consumed.
   *
   * @throws IOException if a message is malformed
   */
  void finish() throws IOException {
    if (!current.isEmpty()) {
      passOn();
    }
    while (away > 0) {
      consume(take());
    }
  }

  private void passOn() throws IOException {
    if (alone < ALONE || Runtime.getRuntime().availableProcessors() == 1) {
      alone++;
      decoder.decode(current);
      consume(current);
      return;
    }
    if (thread == null) {
      thread = ReadingThread.start("pprof4j-decode", this::decodeAll);
    }
    // Never full: there are no more batches than it has room for.
    waiting.add(current);
    away++;
    current = away < AHEAD ? new SampleBatch() : consume(take());
  }

  /** Runs in the other thread until this is closed. */
  private void decodeAll() throws InterruptedException {
    while (true) {
      SampleBatch batch = waiting.take();
      decoder.decode(batch);
      decoded.put(batch);
    }
  }

  private SampleBatch take() throws IOException {
    SampleBatch batch = ReadingThread.take(decoded);
    away--;
    return batch;
  }

  /** Gives a batch to the target; afterwards it is empty. */
  private SampleBatch consume(SampleBatch batch) throws IOException {
    ReadingThread.rethrow(batch.failure);
    target.add(batch);
    batch.clear();
    return batch;
  }

  /** Stops the thread. */
  @Override
  public void close() {
    if (thread != null) {
      thread.stop();
    }
  }
}
