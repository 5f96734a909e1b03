// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import org.jspecify.annotations.Nullable;

/** An event type of a chunk: where its fields are that matter here. */
final class EventType {
  private final EventShape shape;
  private final Layout layout;
  private final int startTime;
  private final int duration;
  private final int thread;
  private final int stack;
  private final int amount;
  private final int objectClass;
  private final int address;
  private final @Nullable String amountUnit;

  /** The type of events of a shape. */
  EventType(EventShape shape, JfrType type, Metadata metadata, long offset)
      throws ProfileFormatException {
    this.shape = shape;
    layout = Layout.of(type, metadata, offset);
    startTime = layout.slot("startTime");
    duration = layout.slot("duration");
    thread = first("sampledThread", "eventThread");
    stack = layout.slot("stackTrace");
    objectClass = first("objectClass", "monitorClass", "parkedClass");
    address = layout.slot("address");
    amount = first(shape.amountFields().toArray(String[]::new));
    amountUnit =
        type.fields().stream()
            .filter(field -> layout.slot(field.name()) == amount && field.timespan() != null)
            .map(JfrType.Field::timespan)
            .findFirst()
            .orElse(null);
  }

  private int first(String... fields) {
    for (String field : fields) {
      int slot = layout.slot(field);
      if (slot >= 0) {
        return slot;
      }
    }
    return -1;
  }

  EventShape shape() {
    return shape;
  }

  Layout layout() {
    return layout;
  }

  /** Whether its events' stacks are of samples. */
  boolean hasStack() {
    return stack >= 0 && shape != EventShape.FREE;
  }

  /** Reads an event as far as the number of its stack, 0 if there is none. */
  long readStack(Cursor in, long[] slots) throws ProfileFormatException {
    layout.read(in, slots, stack + 1);
    return slots[stack];
  }

  /** The event's start in ticks. */
  long startTicks(long[] slots) {
    return value(slots, startTime);
  }

  /** The event's duration in nanoseconds. */
  long durationNanos(long[] slots, ChunkHeader header) {
    long start = startTicks(slots);
    return header.timeNanos(start + value(slots, duration)) - header.timeNanos(start);
  }

  /** The number of the thread, 0 if there is none. */
  long thread(long[] slots) {
    return value(slots, thread);
  }

  /** The number of the stack, 0 if there is none. */
  long stack(long[] slots) {
    return value(slots, stack);
  }

  /** The number of the class of the object that the event is about, 0 if there is none. */
  long objectClass(long[] slots) {
    return value(slots, objectClass);
  }

  /** The address of the memory that the event is about, 0 if there is none. */
  long address(long[] slots) {
    return value(slots, address);
  }

  /** The amount as its field has it; spans of time in nanoseconds. */
  long amount(long[] slots, ChunkHeader header) {
    long number = value(slots, amount);
    if (amountUnit == null) {
      return number;
    }
    return switch (amountUnit) {
      case "TICKS" -> header.spanNanos(number);
      case "SECONDS" -> number * 1_000_000_000;
      case "MILLISECONDS" -> number * 1_000_000;
      case "MICROSECONDS" -> number * 1_000;
      default -> number;
    };
  }

  private static long value(long[] slots, int slot) {
    return slot < 0 ? 0 : slots[slot];
  }
}
