// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.jfr.JfrProfiles;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Adds the events of one chunk to the sums of a recording. */
final class ChunkReader {
  private static final long NO_TIME = Long.MIN_VALUE;

  /** How many of the labels that were looked up are at hand: a power of two. */
  private static final int LAST = 1 << 8;

  private final PreparedChunk chunk;
  private final ChunkHeader header;
  private final RecordingSums sums;
  private final ChunkNames names;
  private final ChunkMethods methods;
  private final ChunkStacks stacks;
  private final ProfileBuilder builder;
  private final LongIndex threads = new LongIndex();
  private final LongIndex classes = new LongIndex();
  private final LongIndex times = new LongIndex();
  private final LongIndex threadsWithClass = new LongIndex();
  private final LongIndex threadsWithLabels = new LongIndex();
  private final LongIndex knownLabels = new LongIndex();

  /** Threads and classes that were looked up last, and their labels. */
  private final long[] lastThread = new long[LAST];

  private final long[] lastClass = new long[LAST];
  private final int[] lastLabels = new int[LAST];
  private final LongIndex waits = new LongIndex();
  private final long[] slots;

  /** How many events that may have a stack came before. */
  private long event;

  /** Where the stack of the event is among those of the chunk. */
  private int stack;

  ChunkReader(
      PreparedChunk chunk, RecordingSums sums, ProfileBuilder builder, MethodFrames frames) {
    this.chunk = chunk;
    this.sums = sums;
    this.builder = builder;
    header = chunk.header();
    names = chunk.names();
    methods = new ChunkMethods(chunk.constants(), frames.methods());
    stacks = new ChunkStacks(chunk, builder, methods, frames);
    slots = new long[chunk.types().slots()];
  }

  /** Reads the events. */
  void read() throws IOException {
    EventWindow window = chunk.events();
    while (window != null && window.advance()) {
      EventType type = chunk.types().of(window.type());
      if (type != null) {
        type.layout().read(window.body(), slots);
        stack =
            type.hasStack() ? chunk.stacks().ofEvent(event++, type.stack(slots)) : UsedStacks.NONE;
        add(type);
      }
    }
    chunk.release();
  }

  private void add(EventType type) throws IOException {
    Periods periods = sums.periods();
    EventShape shape = type.shape();
    EventShape.Form form = shape.form(periods.isWall());
    FormSums sum = sums.of(form);
    switch (form) {
      case EXECUTION -> {
        if (shape == EventShape.NATIVE && isWaiting()) {
          return;
        }
        long period = periods.nanos(shape.type(), time(type));
        sum.notePeriod(period);
        add(type, sum, 1, period);
      }
      case CPU_TIME -> {
        long period = type.amount(slots, header);
        sum.notePeriod(period);
        add(type, sum, 1, period);
      }
      case WALL -> {
        long samples = shape == EventShape.WALL_CLOCK ? Math.max(1, type.amount(slots, header)) : 1;
        long period = periods.wallNanos(time(type));
        sum.notePeriod(period);
        add(type, sum, samples, samples * period);
      }
      case BLOCK -> add(type, sum, 1, type.durationNanos(slots, header));
      case BUFFERS, SAMPLES, LIVE -> add(type, sum, 1, type.amount(slots, header));
      case NATIVE_ALLOCATION -> addNative(type, sum);
      case NATIVE_LIVE -> sums.nativeMemory().free(type.address(slots), time(type));
    }
  }

  private void addNative(EventType type, FormSums sum) throws IOException {
    long bytes = type.amount(slots, header);
    long key = add(type, sum, 1, bytes);
    sums.nativeMemory().allocate(type.address(slots), time(type), key, bytes);
  }

  private long time(EventType type) {
    return header.timeNanos(type.startTicks(slots));
  }

  private boolean isWaiting() throws IOException {
    int known = waits.get(stack);
    if (known == LongIndex.NONE) {
      String leaf = stacks.leaf(stack);
      known = leaf.isEmpty() || NativeWaits.contains(leaf) ? 1 : 0;
      waits.put(stack, known);
    }
    return known == 1;
  }

  /** Adds to a sum and returns its key. */
  private long add(EventType type, FormSums sum, long count, long amount) throws IOException {
    long step = sums.timeStepNanos();
    long time = step == 0 ? NO_TIME : time(type) / step * step;
    long labelSet = labels(type.thread(slots), type.objectClass(slots), time, ownLabels(type));
    int rowAndCut = stacks.rowAndCut(stack);
    sum.noteStack(type.stack(slots) == 0, (rowAndCut & 1) != 0);
    long key = labelSet << 32 | rowAndCut >> 1;
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
    if (time != NO_TIME || own != 0) {
      return findLabels(thread, objectClass, time, own);
    }
    int at = (int) (31 * thread + objectClass) & (LAST - 1);
    if (lastLabels[at] == 0 || lastThread[at] != thread || lastClass[at] != objectClass) {
      lastThread[at] = thread;
      lastClass[at] = objectClass;
      lastLabels[at] = findLabels(thread, objectClass, time, own);
    }
    return lastLabels[at];
  }

  private int findLabels(long thread, long objectClass, long time, int own)
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
    add(made, "class", objectClass == 0 ? "" : methods.className(objectClass));
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
