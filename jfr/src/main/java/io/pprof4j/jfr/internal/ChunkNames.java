// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of threads, and other texts, of a chunk. */
final class ChunkNames {
  private final ConstantPools constants;
  private final Cursor cursor = new Cursor();
  private final Map<Long, Long> javaThreads = new HashMap<>();
  private final Map<Long, String> frameTypes = new HashMap<>();

  ChunkNames(ConstantPools constants) {
    this.constants = constants;
  }

  /** Text in an event, at the cursor. */
  String text(Cursor in) throws ProfileFormatException {
    String text = in.text(this::constantText);
    return text == null ? "" : text;
  }

  /** The text of an event's field, read from where it stands; empty if there is no such field. */
  String text(Cursor in, Layout layout, long[] slots, String field) throws ProfileFormatException {
    int slot = layout.slot(field);
    if (slot < 0) {
      return "";
    }
    in.position((int) slots[slot]);
    return text(in);
  }

  private @Nullable String constantText(long id) throws ProfileFormatException {
    Cursor at = new Cursor();
    // A constant text never refers to another one.
    return constants.seek("java.lang.String", id, at) ? at.text(null) : null;
  }

  /** The name of a thread in Java, else that of the system; empty if there is neither. */
  String thread(long id) throws ProfileFormatException {
    Layout layout = constants.layout("java.lang.Thread");
    if (layout == null || !constants.seek("java.lang.Thread", id, cursor)) {
      return "";
    }
    long[] slots = new long[layout.slots()];
    layout.read(cursor, slots);
    String java = text(cursor, slots, layout.slot("javaName"));
    String name = java == null ? text(cursor, slots, layout.slot("osName")) : java;
    return name == null ? "" : name;
  }

  /** The number that Java gives a thread; 0 if it is none of Java's, or unknown. */
  long javaThread(long id) throws ProfileFormatException {
    Long known = javaThreads.get(id);
    if (known == null) {
      known = field("java.lang.Thread", id, "javaThreadId");
      javaThreads.put(id, known);
    }
    return known;
  }

  private @Nullable String text(Cursor in, long[] slots, int slot) throws ProfileFormatException {
    if (slot < 0) {
      return null;
    }
    in.position((int) slots[slot]);
    return in.text(this::constantText);
  }

  private long field(String type, long id, String field) throws ProfileFormatException {
    Layout layout = constants.layout(type);
    if (layout == null || layout.slot(field) < 0 || !constants.seek(type, id, cursor)) {
      return 0;
    }
    long[] slots = new long[layout.slots()];
    layout.read(cursor, slots);
    return slots[layout.slot(field)];
  }

  /** A constant that is nothing but a text. */
  private String only(String type, long id) throws ProfileFormatException {
    if (!constants.seek(type, id, cursor)) {
      return "";
    }
    String text = cursor.text(this::constantText);
    return text == null ? "" : text;
  }

  /** {@code Interpreted}, {@code JIT compiled}, {@code Inlined}, {@code Native}, {@code C++} … */
  String frameType(long id) throws ProfileFormatException {
    String known = frameTypes.get(id);
    if (known == null) {
      known = only("jdk.types.FrameType", id);
      frameTypes.put(id, known);
    }
    return known;
  }
}
