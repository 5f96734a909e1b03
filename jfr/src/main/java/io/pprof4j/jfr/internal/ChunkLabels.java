// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.jfr.LabelChanges;
import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Learns from the events of a chunk which labels threads have. */
final class ChunkLabels {
  private final ChunkHeader header;
  private final ChunkNames names;

  /** What was learned, to be told in the order of chunks. */
  private final List<Consumer<LabelHistory>> learned = new ArrayList<>();

  private final @Nullable JfrType change;
  private final @Nullable JfrType start;
  private final @Nullable Layout changeLayout;
  private final @Nullable Layout startLayout;

  ChunkLabels(ChunkHeader header, Metadata metadata, ChunkNames names)
      throws ProfileFormatException {
    this.header = header;
    this.names = names;
    change = metadata.type(LabelChanges.EVENT);
    // Who started whom does not matter to a recording without labels.
    start = change == null ? null : metadata.type("jdk.ThreadStart");
    changeLayout = change == null ? null : Layout.of(change, metadata, header.metadata());
    startLayout = start == null ? null : Layout.of(start, metadata, header.metadata());
  }

  /** Learns from the event at a window, whichever it is. */
  void note(EventWindow window) throws IOException {
    if (change != null && changeLayout != null && window.type() == change.id()) {
      noteChange(window.body(), changeLayout);
    } else if (start != null && startLayout != null && window.type() == start.id()) {
      noteStart(window.body(), startLayout);
    }
  }

  /** Tells a recording's history what was learned. */
  void tell(LabelHistory history) {
    learned.forEach(change -> change.accept(history));
  }

  private void noteChange(Cursor in, Layout layout) throws ProfileFormatException {
    long[] values = new long[layout.slots()];
    layout.read(in, values);
    long thread = names.javaThread(layout.value(values, "eventThread"));
    String before = names.text(in, layout, values, LabelChanges.BEFORE);
    String after = names.text(in, layout, values, LabelChanges.AFTER);
    long time = time(layout, values);
    learned.add(history -> history.change(thread, time, before, after));
  }

  private void noteStart(Cursor in, Layout layout) throws ProfileFormatException {
    long[] values = new long[layout.slots()];
    layout.read(in, values);
    long thread = names.javaThread(layout.value(values, "thread"));
    long parent = names.javaThread(layout.value(values, "parentThread"));
    long time = time(layout, values);
    learned.add(history -> history.birth(thread, parent, time));
  }

  private long time(Layout layout, long[] values) {
    return header.timeNanos(layout.value(values, "startTime"));
  }
}
