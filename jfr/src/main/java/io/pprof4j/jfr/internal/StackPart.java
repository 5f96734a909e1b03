// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.StackBatch;
import java.util.Arrays;

/**
 * Some of the stacks that a chunk's events refer to, decoded: frames as numbers of a table, and
 * once it is known where these are in the profile, as locations.
 */
final class StackPart {
  /*
   * Stacks that are sampled one after the other mostly share their roots, and a shared root is the
   * same bytes at the end of both. So a stack is decoded from its leaf only until what remains
   * equals the end of the stack before, frame for frame; the rest of the numbers is copied. Of
   * stacks in recordings of javac that spares four frames in five by async-profiler, and three in
   * ten by the JDK, which cuts them at 64 frames, so that their ends are not their roots.
   */

  /** How many stacks a part has, but for the last one of a chunk. */
  static final int SIZE = 1 << 13;

  static final int NONE = -1;

  /** How many bytes are compared at a time, from the end. */
  private static final int BLOCK = 32;

  private final FrameTable table = new FrameTable();
  private final StackFormat.Decoder decoder;

  /** Frames of stack s are at first[s] .. first[s + 1] - 1. */
  private final int[] first;

  private final boolean[] truncated;

  /** Numbers of the frames at the leaves; NONE where a stack has none. */
  private final int[] leaf;

  private final FrameNumbers frames;

  // Of the stack before: where its bytes end, and how many bytes before the end each frame begins.
  private byte[] lastBytes = {};
  private int lastEnd;
  private int lastCount;
  private int[] lastDistance = new int[64];
  private int[] distance = new int[64];

  private StackPart(StackFormat format, UsedStacks used, int from, ChunkMemory memory)
      throws ProfileFormatException {
    int count = Math.min(SIZE, used.size() - from);
    decoder = format.new Decoder();
    first = new int[count + 1];
    truncated = new boolean[count];
    leaf = new int[count];
    for (int stack = 0; stack < count; stack++) {
      // A frame has a byte of its own at least, so that all take four times the constants at most.
      first[stack + 1] = first[stack] + decoder.open(used.row(from + stack));
      truncated[stack] = decoder.isTruncated();
      if (first[stack + 1] < 0) {
        throw decoder.cursor().malformed("more than 2^31 frames of %d stacks".formatted(stack + 1));
      }
    }
    frames = memory.numbers(first[count]);
  }

  /** Decodes stacks from one on, which must not change meanwhile. */
  static StackPart decode(StackFormat format, UsedStacks used, int from, ChunkMemory memory)
      throws ProfileFormatException {
    StackPart part = new StackPart(format, used, from, memory);
    for (int stack = 0; stack < part.leaf.length; stack++) {
      part.decode(stack, used.row(from + stack));
      part.leaf[stack] = part.isEmpty(stack) ? NONE : part.frames.get(part.first[stack]);
    }
    return part;
  }

  /**
   * The stacks as the locations of their frames, leaf first. The part has no frames any more.
   *
   * @param locationOf the location of each frame of the table; its complement if stack traces do
   *     not show the frame, which leaves it out of stacks that have others
   */
  StackBatch locate(int[] locationOf, ChunkMemory memory) {
    StackBatch stacks = memory.stacks();
    int[] rows = new int[64];
    for (int stack = 0; stack < leaf.length; stack++) {
      int count = first[stack + 1] - first[stack];
      rows = rows.length < count ? new int[2 * count] : rows;
      frames.copyTo(first[stack], rows, count);
      stacks.add(rows, locate(rows, count, locationOf));
    }
    memory.giveBack(frames);
    return stacks;
  }

  /** Replaces numbers; returns how many locations are left. */
  private static int locate(int[] rows, int count, int[] locationOf) {
    int kept = 0;
    for (int at = 0; at < count; at++) {
      int location = locationOf[rows[at]];
      if (location >= 0) {
        rows[kept++] = location;
      } else if (count == 1) {
        rows[kept++] = ~location;
      }
    }
    return kept;
  }

  /** The frames that the numbers stand for. */
  FrameTable table() {
    return table;
  }

  /** The number of the frame at the leaf of a stack, NONE if it has no frames. */
  int leaf(int stack) {
    return leaf[stack];
  }

  /** Whether a stack was cut at its root. */
  boolean isTruncated(int stack) {
    return truncated[stack];
  }

  private boolean isEmpty(int stack) {
    return first[stack + 1] == first[stack];
  }

  private void decode(int stack, int row) throws ProfileFormatException {
    int count = decoder.open(row);
    Cursor cursor = decoder.cursor();
    if (distance.length < count) {
      distance = new int[count];
    }
    int end = cursor.position() + cursor.remaining();
    int shared = sharedBytes(cursor, end);
    int frame = read(stack, 0, count, shared);
    while (frame < count && !copyRoot(stack, frame, count, cursor.remaining())) {
      int next = read(stack, frame, frame + 1, -1);
      frame = read(stack, next, count, shared);
    }
    remember(cursor.bytes(), end, count);
  }

  /** Reads frames until one begins within the last {@code stop} bytes; returns which. */
  private int read(int stack, int from, int end, int stop) throws ProfileFormatException {
    int frame = from;
    int count;
    do {
      count = decoder.read(end - frame, stop);
      int at = first[stack] + frame;
      for (int read = 0; read < count; read++) {
        distance[frame++] = decoder.bytesLeft(read);
        frames.set(at++, decoder.number(read, table));
      }
    } while (count > 0 && frame < end);
    return frame;
  }

  /** Copies the last frames from the stack before, if the bytes that are left are frames there. */
  private boolean copyRoot(int stack, int frame, int count, int left) {
    int other = frame + lastCount - count;
    if (other < 0 || lastDistance[other] != left) {
      return false;
    }
    int at = first[stack] + frame;
    frames.copy(at - count, at, count - frame);
    System.arraycopy(lastDistance, other, distance, frame, count - frame);
    return true;
  }

  private void remember(byte[] bytes, int end, int count) {
    lastBytes = bytes;
    lastEnd = end;
    lastCount = count;
    int[] spare = lastDistance;
    lastDistance = distance;
    distance = spare;
  }

  /** How many bytes at the ends of this stack and the last one are equal. */
  private int sharedBytes(Cursor cursor, int end) {
    byte[] bytes = cursor.bytes();
    int at = end;
    int other = lastEnd;
    int left = Math.min(cursor.remaining(), lastCount == 0 ? 0 : lastDistance[0]);
    int shared = 0;
    while (left - shared >= BLOCK
        && Arrays.equals(bytes, at - BLOCK, at, lastBytes, other - BLOCK, other)) {
      at -= BLOCK;
      other -= BLOCK;
      shared += BLOCK;
    }
    while (shared < left && bytes[at - 1] == lastBytes[other - 1]) {
      at--;
      other--;
      shared++;
    }
    return shared;
  }
}
