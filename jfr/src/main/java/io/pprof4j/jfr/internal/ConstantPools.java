// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The constants of a chunk: what its events refer to by number. Their bytes are kept, with an index
 * of where each constant of the wanted types begins; they are decoded when somebody asks.
 */
final class ConstantPools {
  /** The number of the type of events that hold constants. */
  static final int CHECKPOINT = 1;

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

  private final Metadata metadata;
  private final Map<Long, ConstantPool> pools = new HashMap<>();
  private final Set<ConstantPool> wanted = new HashSet<>();

  private ConstantPools(Metadata metadata) {
    this.metadata = metadata;
  }

  /**
   * Reads the checkpoint events of a chunk, from the last one back to the first.
   *
   * @throws ProfileFormatException if they are not well formed, or overlap
   */
  static ConstantPools read(ChunkBytes chunk, ChunkHeader header, Metadata metadata)
      throws IOException {
    ConstantPools pools = new ConstantPools(metadata);
    long end = header.end();
    long at = header.constants();
    while (true) {
      long delta = pools.checkpoint(chunk.event(at, end));
      if (delta == 0) {
        pools.wanted.forEach(ConstantPool::seal);
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
  private long checkpoint(Cursor in) throws ProfileFormatException {
    long start = in.offset();
    in.number(); // size
    long type = in.number();
    if (type != CHECKPOINT) {
      throw Cursor.malformed("an event of type %d, not constants".formatted(type), start);
    }
    long delta = distance(in);
    for (int left = in.count(); left > 0; left--) {
      constants(in);
    }
    return delta;
  }

  /**
   * Reads what comes before the constants of an event.
   *
   * @param in behind the number of the event's type
   * @return the distance to the event with the constants before, 0 if there is none
   */
  static long distance(Cursor in) throws ProfileFormatException {
    in.skipNumbers(2); // start, duration
    long delta = in.number();
    in.rawByte(); // what kind of checkpoint
    return delta;
  }

  private void constants(Cursor in) throws ProfileFormatException {
    long type = in.number();
    ConstantPool pool = pools.get(type);
    if (pool == null) {
      pool = pool(type, in);
      pools.put(type, pool);
    }
    boolean isWanted = wanted.contains(pool);
    for (int left = in.count(); left > 0; left--) {
      long id = in.number();
      int from = in.position();
      pool.layout().skip(in);
      if (isWanted) {
        pool.add(id, in, from);
      }
    }
  }

  private ConstantPool pool(long typeId, Cursor in) throws ProfileFormatException {
    JfrType type = metadata.typeOfConstants(typeId, in);
    ConstantPool pool = new ConstantPool(Layout.of(type, metadata, in.offset()));
    if (WANTED.contains(type.name())) {
      wanted.add(pool);
    }
    return pool;
  }

  /** The constants of a type; null if the chunk has none of it. */
  @Nullable ConstantPool pool(String type) {
    JfrType known = metadata.type(type);
    return known == null ? null : pools.get(known.id());
  }
}
