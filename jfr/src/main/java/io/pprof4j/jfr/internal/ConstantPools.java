// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The constants of a chunk: what its events refer to by number. Their bytes are kept, with an index
 * of where each constant of the wanted types begins; they are decoded when somebody asks.
 */
final class ConstantPools {
  private static final int CHECKPOINT = 1;

  /** Types of constants that profiles are made of; those of other types are skipped. */
  private static final List<String> WANTED =
      List.of(
          "jdk.types.StackTrace",
          "jdk.types.FrameType",
          "jdk.types.Method",
          "jdk.types.Symbol",
          "java.lang.Class",
          "java.lang.String",
          "java.lang.Thread");

  /** A type's constants. */
  private static final class Pool {
    final Layout layout;
    final boolean wanted;
    final LongIndex row = new LongIndex();
    int rows;
    int[] segment = new int[16];
    int[] position = new int[16];
    int[] end = new int[16];

    Pool(Layout layout, boolean wanted) {
      this.layout = layout;
      this.wanted = wanted;
    }

    void add(long id, int inSegment, int from, int to) {
      if (rows == segment.length) {
        segment = Arrays.copyOf(segment, rows * 2);
        position = Arrays.copyOf(position, rows * 2);
        end = Arrays.copyOf(end, rows * 2);
      }
      segment[rows] = inSegment;
      position[rows] = from;
      end[rows] = to;
      row.put(id, rows++);
    }
  }

  /** A checkpoint event: its bytes, and where it is in the file. */
  private static final class Segment {
    final byte[] bytes;
    final long offset;

    Segment(byte[] bytes, long offset) {
      this.bytes = bytes;
      this.offset = offset;
    }
  }

  private final Metadata metadata;
  private final Map<Long, Pool> pools = new HashMap<>();
  private final List<Segment> segments = new ArrayList<>();

  private ConstantPools(Metadata metadata) {
    this.metadata = metadata;
  }

  /**
   * Reads the checkpoint events of a chunk, from the last one back to the first.
   *
   * @throws ProfileFormatException if they are not well formed, or overlap
   */
  static ConstantPools read(RecordingBytes file, ChunkHeader header, Metadata metadata)
      throws IOException {
    ConstantPools pools = new ConstantPools(metadata);
    long end = header.end();
    long at = header.constants();
    while (true) {
      Cursor in = new Cursor();
      byte[] bytes = EventWindow.event(file, at, end);
      in.open(bytes, 0, bytes.length, at);
      long delta = pools.checkpoint(in, new Segment(bytes, at));
      if (delta == 0) {
        return pools;
      }
      end = at;
      if (delta > 0 || at + delta < header.start() + ChunkHeader.SIZE) {
        throw Cursor.malformed("constants continued at a distance of " + delta, at);
      }
      at += delta;
    }
  }

  /** Reads one event; returns the distance to the one before, 0 if there is none. */
  private long checkpoint(Cursor in, Segment segment) throws ProfileFormatException {
    in.number(); // size
    long type = in.number();
    if (type != CHECKPOINT) {
      throw Cursor.malformed("an event of type %d, not constants".formatted(type), segment.offset);
    }
    in.skipNumbers(2); // start, duration
    long delta = in.number();
    in.rawByte(); // what kind of checkpoint
    int count = in.count();
    segments.add(segment);
    for (int left = count; left > 0; left--) {
      constants(in);
    }
    return delta;
  }

  private void constants(Cursor in) throws ProfileFormatException {
    long type = in.number();
    Pool pool = pools.get(type);
    if (pool == null) {
      pool = pool(type, in);
      pools.put(type, pool);
    }
    for (int left = in.count(); left > 0; left--) {
      long id = in.number();
      int from = in.position();
      pool.layout.skip(in);
      if (pool.wanted) {
        pool.add(id, segments.size() - 1, from, in.position());
      }
    }
  }

  private Pool pool(long typeId, Cursor in) throws ProfileFormatException {
    JfrType type = metadata.type(typeId);
    if (type == null) {
      throw in.malformed("constants of type " + typeId + ", which is not defined");
    }
    return new Pool(Layout.of(type, metadata, in.offset()), WANTED.contains(type.name()));
  }

  /** The layout of a type's constants; null if the chunk has none of it. */
  @Nullable Layout layout(String type) {
    JfrType known = metadata.type(type);
    Pool pool = known == null ? null : pools.get(known.id());
    return pool == null ? null : pool.layout;
  }

  /** Puts a cursor at a constant; false if there is none of that number. */
  boolean seek(String type, long id, Cursor cursor) {
    JfrType known = metadata.type(type);
    Pool pool = known == null ? null : pools.get(known.id());
    int row = pool == null ? LongIndex.NONE : pool.row.get(id);
    if (pool == null || row == LongIndex.NONE) {
      return false;
    }
    Segment segment = segments.get(pool.segment[row]);
    cursor.open(segment.bytes, pool.position[row], pool.end[row], segment.offset);
    return true;
  }
}
