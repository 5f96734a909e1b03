// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

/**
 * Fingerprints of the stacks of virtual threads that wait: two threads with the same one have the
 * same stack and the same state. Reading one takes a small part of what the JVM's walk takes.
 *
 * <p>It is a hash of the addresses at which the frames go on, from the youngest to the oldest. Of
 * compiled code these say which methods and lines a frame stands for, inlined ones included, and
 * how large it is, so where the next one is. Interpreted frames have their method and line
 * elsewhere: stacks with one have no fingerprint. It holds while code stays where it is, so only
 * for a moment.
 */
final class FrozenStacks {
  /** There is no fingerprint. */
  static final long NONE = 0;

  /**
   * A thread that was woken goes on with its youngest frames; new ones are kept apart from older.
   */
  private static final int MOST_CHUNKS = 64;

  private final ChunkLayout layout;
  private final FrameSizes sizes;

  FrozenStacks(ChunkLayout layout, FrameSizes sizes) {
    this.layout = layout;
    this.sizes = sizes;
  }

  /**
   * The fingerprint of a thread's stack and state; {@link #NONE} if it does not wait, or has frames
   * that are not known.
   */
  long fingerprint(Thread thread) {
    int state = StackChunks.waitingState(thread);
    Object chunk = state < 0 ? null : StackChunks.youngest(thread);
    long hash = chunk == null ? NONE : mixed(1, state);
    for (int count = 0; hash != NONE && chunk != null; count++) {
      hash = count == MOST_CHUNKS ? NONE : mixed(hash, chunk);
      chunk = StackChunks.parent(chunk);
    }
    // If it was woken, what was read may be of two moments.
    return StackChunks.waitingState(thread) == state ? hash : NONE;
  }

  private long mixed(long before, Object chunk) {
    int top = StackChunks.top(chunk);
    int bottom = StackChunks.bottom(chunk);
    if (top < 0 || top > bottom || bottom > StackChunks.size(chunk)) {
      return NONE;
    }
    long hash = before;
    long pc = top == bottom ? 0 : layout.pc(chunk);
    for (int at = top; at < bottom; ) {
      int words = sizes.words(pc);
      if (words == 0 || words > bottom - at) {
        return NONE;
      }
      hash = mixed(hash, pc);
      at += words;
      pc = layout.stackWord(chunk, at - 1);
    }
    return StackChunks.top(chunk) == top ? hash : NONE;
  }

  private static long mixed(long hash, long word) {
    long mixed = (hash ^ word) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 32;
  }
}
