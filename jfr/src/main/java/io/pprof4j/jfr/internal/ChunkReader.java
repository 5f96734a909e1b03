// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.jfr.JfrProfiles;
import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds the events of one chunk to the sums of a recording. */
final class ChunkReader {
  /*
   * Two passes: events are not in order of time, and the settings that say what a sample stands for
   * may come after it. The passes go from event to event by their sizes and decode only those of
   * types that matter, each by a layout that is made once per chunk.
   */
  private static final String SETTING = "jdk.ActiveSetting";

  private static final long NO_TIME = Long.MIN_VALUE;

  private final RecordingBytes file;
  private final ChunkHeader header;
  private final RecordingSums sums;
  private final Metadata metadata;
  private final ChunkNames names;
  private final ChunkStacks stacks;
  private final ChunkLabels labels;
  private final ProfileBuilder builder;

  /** Event types that were seen, and what they are good for: null if nothing. */
  private final LongIndex indexOfType = new LongIndex();

  private final List<@Nullable EventType> types = new ArrayList<>();
  private final LongIndex threads = new LongIndex();
  private final LongIndex classes = new LongIndex();
  private final LongIndex times = new LongIndex();
  private final LongIndex threadsWithClass = new LongIndex();
  private final LongIndex threadsWithLabels = new LongIndex();
  private final LongIndex knownLabels = new LongIndex();
  private final LongIndex waits = new LongIndex();
  private long[] slots = {};

  ChunkReader(
      RecordingBytes file,
      ChunkHeader header,
      RecordingSums sums,
      ProfileBuilder builder,
      JvmFrames frames)
      throws IOException {
    this.file = file;
    this.header = header;
    this.sums = sums;
    this.builder = builder;
    byte[] event = EventWindow.event(file, header.metadata(), header.end());
    Cursor in = new Cursor();
    in.open(event, 0, event.length, header.metadata());
    metadata = Metadata.read(in);
    ConstantPools constants = ConstantPools.read(file, header, metadata);
    names = new ChunkNames(constants);
    stacks = new ChunkStacks(constants, names, builder, frames);
    labels = new ChunkLabels(header, metadata, names, sums.labels());
  }

  /** Reads the events. */
  void read() throws IOException {
    if (readSettings()) {
      EventWindow window = new EventWindow(file, header);
      while (window.advance()) {
        EventType type = types.get(indexOfType.get(window.type()));
        if (type != null) {
          type.layout().read(window.body(), slots);
          add(type);
        }
      }
    }
  }

  /** The first pass; returns whether there is any event to add. */
  private boolean readSettings() throws IOException {
    JfrType setting = metadata.type(SETTING);
    Layout settingLayout = setting == null ? null : Layout.of(setting, metadata, header.metadata());
    EventWindow window = new EventWindow(file, header);
    boolean any = false;
    while (window.advance()) {
      long type = window.type();
      if (indexOfType.get(type) == LongIndex.NONE) {
        any |= bind(type) != null;
      }
      if (settingLayout != null && setting != null && type == setting.id()) {
        note(window.body(), settingLayout);
      } else {
        labels.note(type, window.body());
      }
    }
    return any;
  }

  private @Nullable EventType bind(long id) throws ProfileFormatException {
    JfrType type = metadata.type(id);
    EventShape shape = type == null ? null : EventShape.of(type.name());
    EventType bound =
        type == null || shape == null
            ? null
            : new EventType(shape, type, metadata, header.metadata());
    if (bound != null && bound.layout().slots() > slots.length) {
      slots = new long[bound.layout().slots()];
    }
    indexOfType.number(id);
    types.add(bound);
    return bound;
  }

  private void note(Cursor in, Layout layout) throws ProfileFormatException {
    long[] values = new long[layout.slots()];
    layout.read(in, values);
    JfrType about = metadata.type(layout.value(values, "id"));
    String name = names.text(in, layout, values, "name");
    String value = names.text(in, layout, values, "value");
    long time = header.timeNanos(layout.value(values, "startTime"));
    sums.periods().note(about == null ? "" : about.name(), name, value, time);
  }

  private void add(EventType type) throws ProfileFormatException {
    Periods periods = sums.periods();
    EventShape shape = type.shape();
    EventShape.Form form = shape.form(periods.isWall());
    FormSums sum = sums.of(form);
    long stack = type.stack(slots);
    switch (form) {
      case EXECUTION -> {
        if (shape == EventShape.NATIVE && isWaiting(stack)) {
          return;
        }
        long period = periods.nanos(shape.type(), time(type));
        sum.notePeriod(period);
        add(type, sum, stack, 1, period);
      }
      case CPU_TIME -> {
        long period = type.amount(slots, header);
        sum.notePeriod(period);
        add(type, sum, stack, 1, period);
      }
      case WALL -> {
        long samples = shape == EventShape.WALL_CLOCK ? Math.max(1, type.amount(slots, header)) : 1;
        long period = periods.wallNanos(time(type));
        sum.notePeriod(period);
        add(type, sum, stack, samples, samples * period);
      }
      case BLOCK -> add(type, sum, stack, 1, type.durationNanos(slots, header));
      case BUFFERS, SAMPLES, LIVE -> add(type, sum, stack, 1, type.amount(slots, header));
      case NATIVE_ALLOCATION -> addNative(type, sum, stack);
      case NATIVE_LIVE -> sums.nativeMemory().free(type.address(slots), time(type));
    }
  }

  private void addNative(EventType type, FormSums sum, long stack) throws ProfileFormatException {
    long bytes = type.amount(slots, header);
    long key = add(type, sum, stack, 1, bytes);
    sums.nativeMemory().allocate(type.address(slots), time(type), key, bytes);
  }

  private long time(EventType type) {
    return header.timeNanos(type.startTicks(slots));
  }

  private boolean isWaiting(long stack) throws ProfileFormatException {
    int known = waits.get(stack);
    if (known == LongIndex.NONE) {
      String leaf = stacks.leaf(stack);
      known = leaf.isEmpty() || NativeWaits.contains(leaf) ? 1 : 0;
      waits.put(stack, known);
    }
    return known == 1;
  }

  /** Adds to a sum and returns its key. */
  private long add(EventType type, FormSums sum, long stack, long count, long amount)
      throws ProfileFormatException {
    long step = sums.timeStepNanos();
    long time = step == 0 ? NO_TIME : time(type) / step * step;
    long labelSet = labels(type.thread(slots), type.objectClass(slots), time, ownLabels(type));
    sum.noteStack(stack == 0, stacks.isTruncated(stack));
    long key = labelSet << 32 | stacks.row(stack);
    sum.add(key, count, amount);
    return key;
  }

  /** The number of the labels that the program gave the thread. */
  private int ownLabels(EventType type) throws ProfileFormatException {
    LabelHistory history = sums.labels();
    return history.isEmpty() ? 0 : history.at(names.javaThread(type.thread(slots)), time(type));
  }

  private int labels(long thread, long objectClass, long time, int own)
      throws ProfileFormatException {
    long key = (long) threads.number(thread) << 32 | classes.number(objectClass);
    if (time != NO_TIME) {
      key = (long) threadsWithClass.number(key) << 32 | times.number(time);
    }
    if (own != 0) {
      // Apart from the others: no key above has its first bit set.
      key = Long.MIN_VALUE | (long) threadsWithLabels.number(key) << 31 | own;
    }
    int known = knownLabels.get(key);
    if (known == LongIndex.NONE) {
      known = builder.labels(newLabels(thread, objectClass, time, own));
      knownLabels.put(key, known);
    }
    return known;
  }

  private List<Label> newLabels(long thread, long objectClass, long time, int own)
      throws ProfileFormatException {
    List<Label> made = new ArrayList<>(sums.labels().labels(own));
    add(made, "class", objectClass == 0 ? "" : names.className(objectClass));
    add(made, "thread", names.thread(thread));
    if (time != NO_TIME) {
      made.add(Label.of(JfrProfiles.TIME_KEY, time / 1_000_000, "milliseconds"));
    }
    return made;
  }

  private static void add(List<Label> labels, String key, String text) {
    if (!text.isEmpty()) {
      labels.add(Label.of(key, text));
    }
  }
}
