// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.internal.GeneratedCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@code StackChunk} has what is no field of Java.
 *
 * @param pc bytes from its start to the address at which its youngest frame goes on
 * @param stack bytes from its start to the words of its stack
 */
record ChunkLayout(int pc, int stack) {
  /** Of so many words at the start of a chunk some are fields and the others are of the stack. */
  private static final int LOOKED_AT = 16;

  /** So many chunks are looked at, and none if there are less. */
  private static final int SAMPLE = 32;

  /**
   * Finds it by looking at threads that wait. The JVM does not tell where it is, but an address of
   * code among the fields can be nothing else, and the word below a frame is its callee's return
   * address: here the same one again.
   *
   * @return null if there are too few threads, what is found is not unambiguous, or this JDK has
   *     its chunks in another form
   */
  static @Nullable ChunkLayout find(List<Thread> threads, GeneratedCode code) {
    try {
      return findIn(sample(threads), code);
    } catch (LinkageError e) {
      return null;
    }
  }

  private static @Nullable ChunkLayout findIn(List<Object> chunks, GeneratedCode code) {
    if (chunks.size() < SAMPLE) {
      return null;
    }
    for (int pc = 1; pc < LOOKED_AT; pc++) {
      if (isCodeInAll(chunks, pc, code)) {
        return findStack(chunks, pc);
      }
    }
    return null;
  }

  private static List<Object> sample(List<Thread> threads) {
    List<Object> chunks = new ArrayList<>();
    int step = Math.max(1, threads.size() / SAMPLE / 2);
    for (int at = 0; at < threads.size() && chunks.size() < SAMPLE; at += step) {
      Thread thread = threads.get(at);
      Object chunk = StackChunks.waitingState(thread) < 0 ? null : StackChunks.youngest(thread);
      if (chunk != null && hasRoom(chunk)) {
        chunks.add(chunk);
      }
    }
    return chunks;
  }

  /** So that all words that are looked at are within the object. */
  private static boolean hasRoom(Object chunk) {
    int top = StackChunks.top(chunk);
    return top > 0 && top + LOOKED_AT < StackChunks.size(chunk);
  }

  private static boolean isCodeInAll(List<Object> chunks, int word, GeneratedCode code) {
    for (Object chunk : chunks) {
      if (!code.has(StackChunks.word(chunk, (long) word * Long.BYTES))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable ChunkLayout findStack(List<Object> chunks, int pc) {
    ChunkLayout found = null;
    for (int stack = pc + 1; stack < LOOKED_AT; stack++) {
      ChunkLayout layout = new ChunkLayout(pc * Long.BYTES, stack * Long.BYTES);
      if (layout.fitsMostOf(chunks)) {
        if (found != null) {
          return null;
        }
        found = layout;
      }
    }
    return found;
  }

  /** Not all: some may have run since. */
  private boolean fitsMostOf(List<Object> chunks) {
    int fitting = 0;
    for (Object chunk : chunks) {
      int top = StackChunks.top(chunk);
      if (hasRoom(chunk) && stackWord(chunk, top - 1) == pc(chunk)) {
        fitting++;
      }
    }
    return fitting >= chunks.size() * 7 / 8;
  }

  /** The address at which a chunk's youngest frame goes on. */
  long pc(Object chunk) {
    return StackChunks.word(chunk, pc);
  }

  /** A word of a chunk's stack, which has to be in it. */
  long stackWord(Object chunk, int word) {
    return StackChunks.word(chunk, stack + (long) word * Long.BYTES);
  }
}
