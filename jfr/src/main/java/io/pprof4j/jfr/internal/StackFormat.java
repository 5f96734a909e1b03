// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import org.jspecify.annotations.Nullable;

/** How the stacks of a chunk are laid out. */
final class StackFormat {
  static final String STACK = "jdk.types.StackTrace";

  private final ConstantPool pool;
  private final Layout frame;
  private final int framesSlot;
  private final int truncatedSlot;
  private final int method;
  private final int line;
  private final int type;

  private StackFormat(ConstantPool pool, Layout frame) {
    this.pool = pool;
    this.frame = frame;
    Layout layout = pool.layout();
    framesSlot = layout.slot("frames");
    int truncation = layout.slot("truncated");
    // It comes before the frames in all recordings there are; after them it would not be read.
    truncatedSlot = truncation < framesSlot ? truncation : -1;
    method = frame.slot("method");
    line = frame.slot("lineNumber");
    type = frame.slot("type");
  }

  /** The format of a chunk; null if it has no stacks. */
  static @Nullable StackFormat of(ConstantPools constants) {
    ConstantPool pool = constants.pool(STACK);
    Layout frame = pool == null ? null : pool.layout().elements("frames");
    return pool == null || frame == null ? null : new StackFormat(pool, frame);
  }

  ConstantPool pool() {
    return pool;
  }

  /** Decodes stacks; not safe for use by several threads. */
  final class Decoder {
    /** How many numbers are read at a time, and not much more if frames have more. */
    private static final int BATCH = 512;

    private final Cursor cursor = new Cursor();
    private final long[] slots = new long[pool.layout().slots()];
    private final int width = frame.slots();
    private final int batch = frame.isOnlyNumbers() ? Math.max(1, BATCH / width) : 1;
    private final long[] values = new long[batch * width];
    private final int[] left = new int[batch];
    private boolean truncated;

    /** Goes to the first frame of a stack; returns how many there are. */
    int open(int row) throws ProfileFormatException {
      pool.seek(row, cursor);
      pool.layout().read(cursor, slots, framesSlot);
      truncated = truncatedSlot >= 0 && slots[truncatedSlot] != 0;
      return cursor.count();
    }

    /** Whether the stack was cut at its root. */
    boolean isTruncated() {
      return truncated;
    }

    /** What is read, at the next frame. */
    Cursor cursor() {
      return cursor;
    }

    /**
     * Reads some of the next frames, none where no more than {@code stop} bytes are left.
     *
     * @param count how many at most
     * @return how many were read, to be had by {@link #number} and {@link #bytesLeft}
     */
    int read(int count, int stop) throws ProfileFormatException {
      if (frame.isOnlyNumbers()) {
        return cursor.records(values, width, Math.min(count, batch), left, stop);
      }
      left[0] = cursor.remaining();
      if (left[0] <= stop) {
        return 0;
      }
      frame.read(cursor, values);
      return 1;
    }

    /** How many bytes of the stack were left before a frame that was read. */
    int bytesLeft(int at) {
      return left[at];
    }

    /** The number in a table of a frame that was read. */
    int number(int at, FrameTable table) {
      int from = at * width;
      return table.number(value(from, method), (int) value(from, line), value(from, type));
    }

    private long value(int from, int slot) {
      return slot < 0 ? 0 : values[from + slot];
    }
  }
}
