// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ProfileFormatException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The stacks of a chunk as rows of a profile. Each is converted when it is first asked for. */
final class ChunkStacks {
  /*
   * Stacks that are sampled one after the other mostly share their roots, and a shared root is the
   * same bytes at the end of both. So a stack is decoded from its leaf only until what remains
   * equals the end of the stack before, frame for frame; the rest of the rows is copied. Of stacks
   * in recordings of javac that spares four frames in five by async-profiler, and three in ten by
   * the JDK, which cuts them at 64 frames, so that their ends are not their roots.
   */
  private static final String STACK = "jdk.types.StackTrace";

  /** How many bytes are compared at a time, from the end. */
  private static final int BLOCK = 32;

  private static final int[] NO_FRAMES = {};

  private final ConstantPools constants;
  private final ProfileBuilder builder;
  private final JvmFrames jvmFrames;
  private final @Nullable Layout layout;
  private final @Nullable ChunkFrames frames;
  private final long[] slots;
  private final int framesSlot;
  private final int truncatedSlot;
  private final Cursor cursor = new Cursor();

  /** Rows of stacks, times two, plus one if the stack is truncated. */
  private final LongIndex rowOfStack = new LongIndex();

  private boolean truncated;
  private Decoded last = new Decoded();
  private Decoded current = new Decoded();

  /** A stack that has been decoded. */
  private static final class Decoded {
    byte[] bytes = {};
    int end;
    int count;

    /** How many bytes before the end each frame begins. */
    int[] distance = new int[64];

    int[] location = new int[64];

    void open(int frameCount, Cursor in) {
      bytes = in.bytes();
      end = in.position() + in.remaining();
      count = frameCount;
      if (location.length < count) {
        location = new int[count];
        distance = new int[count];
      }
    }
  }

  ChunkStacks(
      ConstantPools constants, ChunkNames names, ProfileBuilder builder, JvmFrames jvmFrames) {
    this.constants = constants;
    this.builder = builder;
    this.jvmFrames = jvmFrames;
    layout = constants.layout(STACK);
    slots = new long[layout == null ? 0 : layout.slots()];
    framesSlot = layout == null ? 0 : layout.slot("frames");
    int truncation = layout == null ? -1 : layout.slot("truncated");
    // It comes before the frames in all recordings there are; after them it would not be read.
    truncatedSlot = truncation < framesSlot ? truncation : -1;
    Layout frame = layout == null ? null : layout.elements("frames");
    frames = frame == null ? null : new ChunkFrames(frame, names, jvmFrames);
  }

  /** The row of a stack in the profile; one frame that says so if there is no such stack. */
  int row(long stack) throws ProfileFormatException {
    return known(stack) >> 1;
  }

  /** Whether a stack was cut at its root. */
  boolean isTruncated(long stack) throws ProfileFormatException {
    return (known(stack) & 1) != 0;
  }

  private int known(long stack) throws ProfileFormatException {
    int known = rowOfStack.get(stack);
    if (known == LongIndex.NONE) {
      known = Math.multiplyExact(builder.stack(convert(stack)), 2) + (truncated ? 1 : 0);
      rowOfStack.put(stack, known);
    }
    return known;
  }

  /** The name of the method at the leaf of a stack; empty if there is none. */
  String leaf(long stack) throws ProfileFormatException {
    int count = seekFrames(stack);
    return frames == null || count < 1 ? "" : frames.methodName(cursor);
  }

  /** Puts the cursor at the first frame; returns how many there are, -1 if there is no stack. */
  private int seekFrames(long stack) throws ProfileFormatException {
    truncated = false;
    if (layout == null || frames == null || !constants.seek(STACK, stack, cursor)) {
      return -1;
    }
    layout.read(cursor, slots, framesSlot);
    truncated = truncatedSlot >= 0 && slots[truncatedSlot] != 0;
    return cursor.count();
  }

  private int[] convert(long stack) throws ProfileFormatException {
    int count = seekFrames(stack);
    if (frames == null || count < 0) {
      return new int[] {jvmFrames.nativeLocation("[no stack]", "")};
    }
    if (count == 0) {
      return NO_FRAMES;
    }
    decode(frames, count);
    if (count == 1) {
      int only = last.location[0];
      return new int[] {only < 0 ? ~only : only};
    }
    return visible(last.location, count);
  }

  /** The locations of frames that stack traces show, without those of lambdas' own classes. */
  private static int[] visible(int[] locations, int count) {
    int[] rows = new int[count];
    int kept = 0;
    for (int frame = 0; frame < count; frame++) {
      if (locations[frame] >= 0) {
        rows[kept++] = locations[frame];
      }
    }
    return kept == count ? rows : Arrays.copyOf(rows, kept);
  }

  /** Decodes the frames at the cursor into {@link #last}. */
  private void decode(ChunkFrames decoder, int count) throws ProfileFormatException {
    current.open(count, cursor);
    int shared = sharedBytes();
    int ahead = last.count - count;
    for (int frame = 0; frame < count; frame++) {
      int distance = cursor.remaining();
      int other = frame + ahead;
      if (distance <= shared && other >= 0 && last.distance[other] == distance) {
        System.arraycopy(last.location, other, current.location, frame, count - frame);
        System.arraycopy(last.distance, other, current.distance, frame, count - frame);
        break;
      }
      current.distance[frame] = distance;
      current.location[frame] = decoder.location(cursor);
    }
    Decoded spare = last;
    last = current;
    current = spare;
  }

  /** How many bytes at the ends of this stack and the last one are equal. */
  private int sharedBytes() {
    int at = current.end;
    int other = last.end;
    int left = Math.min(cursor.remaining(), last.count == 0 ? 0 : last.distance[0]);
    int shared = 0;
    while (left - shared >= BLOCK
        && Arrays.equals(current.bytes, at - BLOCK, at, last.bytes, other - BLOCK, other)) {
      at -= BLOCK;
      other -= BLOCK;
      shared += BLOCK;
    }
    while (shared < left && current.bytes[at - 1] == last.bytes[other - 1]) {
      at--;
      other--;
      shared++;
    }
    return shared;
  }
}
