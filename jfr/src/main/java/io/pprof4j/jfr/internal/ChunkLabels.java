// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.jfr.LabelChanges;
import io.pprof4j.profile.ProfileFormatException;
import org.jspecify.annotations.Nullable;

/** Learns from the events of a chunk which labels threads have. */
final class ChunkLabels {
  private final ChunkHeader header;
  private final ChunkNames names;
  private final LabelHistory history;
  private final @Nullable JfrType change;
  private final @Nullable JfrType start;
  private final @Nullable Layout changeLayout;
  private final @Nullable Layout startLayout;

  ChunkLabels(ChunkHeader header, Metadata metadata, ChunkNames names, LabelHistory history)
      throws ProfileFormatException {
    this.header = header;
    this.names = names;
    this.history = history;
    change = metadata.type(LabelChanges.EVENT);
    // Who started whom does not matter to a recording without labels.
    start = change == null ? null : metadata.type("jdk.ThreadStart");
    changeLayout = change == null ? null : Layout.of(change, metadata, header.metadata());
    startLayout = start == null ? null : Layout.of(start, metadata, header.metadata());
  }

  /** Learns from an event, whichever it is. */
  void note(long type, Cursor in) throws ProfileFormatException {
    if (change != null && changeLayout != null && type == change.id()) {
      noteChange(in, changeLayout);
    } else if (start != null && startLayout != null && type == start.id()) {
      noteStart(in, startLayout);
    }
  }

  private void noteChange(Cursor in, Layout layout) throws ProfileFormatException {
    long[] values = new long[layout.slots()];
    layout.read(in, values);
    long thread = names.javaThread(layout.value(values, "eventThread"));
    String before = names.text(in, layout, values, LabelChanges.BEFORE);
    String after = names.text(in, layout, values, LabelChanges.AFTER);
    history.change(thread, time(layout, values), before, after);
  }

  private void noteStart(Cursor in, Layout layout) throws ProfileFormatException {
    long[] values = new long[layout.slots()];
    layout.read(in, values);
    long thread = names.javaThread(layout.value(values, "thread"));
    long parent = names.javaThread(layout.value(values, "parentThread"));
    history.birth(thread, parent, time(layout, values));
  }

  private long time(Layout layout, long[] values) {
    return header.timeNanos(layout.value(values, "startTime"));
  }
}
