// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Learns from the events of a chunk with which settings it was made. */
final class ChunkSettings {
  private static final String SETTING = "jdk.ActiveSetting";

  private record Setting(String event, String name, String value, long time) {}

  private final ChunkHeader header;
  private final Metadata metadata;
  private final ChunkNames names;
  private final @Nullable JfrType type;
  private final @Nullable Layout layout;

  /** What was learned, to be told in the order of chunks. */
  private final List<Setting> settings = new ArrayList<>();

  ChunkSettings(ChunkHeader header, Metadata metadata, ChunkNames names)
      throws ProfileFormatException {
    this.header = header;
    this.metadata = metadata;
    this.names = names;
    type = metadata.type(SETTING);
    layout = type == null ? null : Layout.of(type, metadata, header.metadata());
  }

  /** Learns from the event at a window, whichever it is. */
  void note(EventWindow window) throws IOException {
    if (type == null || layout == null || window.type() != type.id()) {
      return;
    }
    Cursor in = window.body();
    long[] values = new long[layout.slots()];
    layout.read(in, values);
    JfrType about = metadata.type(layout.value(values, "id"));
    settings.add(
        new Setting(
            about == null ? "" : about.name(),
            names.text(in, layout, values, "name"),
            names.text(in, layout, values, "value"),
            header.timeNanos(layout.value(values, "startTime"))));
  }

  /** Tells a recording's periods what was learned. */
  void tell(Periods periods) {
    for (Setting setting : settings) {
      periods.note(setting.event, setting.name, setting.value, setting.time);
    }
  }
}
