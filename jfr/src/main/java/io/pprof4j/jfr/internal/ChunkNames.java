// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of threads, and other texts, of a chunk. */
final class ChunkNames {
  private final Constants threads;
  private final Constants strings;
  private final Constants types;
  private final Map<Long, Long> javaThreads = new HashMap<>();
  private final Map<Long, String> frameTypes = new HashMap<>();

  ChunkNames(ConstantPools constants) {
    threads = new Constants(constants.pool("java.lang.Thread"));
    strings = new Constants(constants.pool("java.lang.String"));
    types = new Constants(constants.pool("jdk.types.FrameType"));
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
    // A constant text never refers to another one.
    return strings.seek(id) ? strings.cursor().text(null) : null;
  }

  /** The name of a thread in Java, else that of the system; empty if there is neither. */
  String thread(long id) throws ProfileFormatException {
    if (!threads.read(id)) {
      return "";
    }
    String java = textOfThread("javaName");
    String name = java == null ? textOfThread("osName") : java;
    return name == null ? "" : name;
  }

  private @Nullable String textOfThread(String field) throws ProfileFormatException {
    int slot = threads.slot(field);
    if (slot < 0) {
      return null;
    }
    threads.cursor().position((int) threads.value(slot));
    return threads.cursor().text(this::constantText);
  }

  /** The number that Java gives a thread; 0 if it is none of Java's, or unknown. */
  long javaThread(long id) throws ProfileFormatException {
    Long known = javaThreads.get(id);
    if (known == null) {
      known = threads.read(id) ? threads.value(threads.slot("javaThreadId")) : 0;
      javaThreads.put(id, known);
    }
    return known;
  }

  /** {@code Interpreted}, {@code JIT compiled}, {@code Inlined}, {@code Native}, {@code C++} … */
  String frameType(long id) throws ProfileFormatException {
    String known = frameTypes.get(id);
    if (known == null) {
      String text = types.seek(id) ? types.cursor().text(this::constantText) : null;
      known = text == null ? "" : text;
      frameTypes.put(id, known);
    }
    return known;
  }
}
