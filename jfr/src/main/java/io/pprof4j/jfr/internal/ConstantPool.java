// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The constants of a type in a chunk: where each begins. Once sealed, several threads may read. */
final class ConstantPool {
  /** Bytes with constants, and where the first of the bytes is in the file. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and not changed by anybody
  private record Segment(byte[] bytes, long offset) {}

  private final Layout layout;
  private final List<Segment> segments = new ArrayList<>();
  private long[] ids = new long[16];
  private int[] segment = new int[16];
  private int[] position = new int[16];
  private int[] end = new int[16];
  private int size;
  private @Nullable IdIndex index;

  ConstantPool(Layout layout) {
    this.layout = layout;
  }

  Layout layout() {
    return layout;
  }

  /** How many constants there are, those included that others have taken the place of. */
  int size() {
    return size;
  }

  /** Adds a constant of the bytes that a cursor reads, from a position to where it is now. */
  void add(long id, Cursor in, int from) {
    if (size == ids.length) {
      int larger = Math.multiplyExact(size, 2);
      ids = Arrays.copyOf(ids, larger);
      segment = Arrays.copyOf(segment, larger);
      position = Arrays.copyOf(position, larger);
      end = Arrays.copyOf(end, larger);
    }
    long start = in.offset() - in.position();
    if (segments.isEmpty() || segments.get(segments.size() - 1).offset != start) {
      segments.add(new Segment(in.bytes(), start));
    }
    ids[size] = id;
    segment[size] = segments.size() - 1;
    position[size] = from;
    end[size++] = in.position();
  }

  /** Ends adding; before there is nothing to be found. */
  void seal() {
    index = new IdIndex(ids, size);
    ids = new long[0];
  }

  /** The row of a constant, or {@link LongIndex#NONE}. Of equal ids the last added counts. */
  int row(long id) {
    return index == null ? LongIndex.NONE : index.row(id);
  }

  /** Puts a cursor at a row's constant. */
  void seek(int row, Cursor cursor) {
    Segment in = segments.get(segment[row]);
    cursor.open(in.bytes, position[row], end[row], in.offset);
  }
}
