// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a value of a type is laid out: the steps to read or skip it. Fields that are structures
 * themselves are flattened, so that reading is one loop.
 */
final class Layout {
  /** Enough for every type of the JDK; a type that contains itself would have no end. */
  private static final int MAX_STEPS = 10_000;

  private static final int MAX_DEPTH = 16;

  // Steps, as numbers because loops over them are hot.
  private static final byte NUMBER = 0;
  private static final byte BYTE = 1;
  private static final byte FLOAT = 2;
  private static final byte DOUBLE = 3;
  private static final byte TEXT = 4;
  private static final byte ARRAY = 5;

  private static final Map<String, Byte> PRIMITIVES =
      Map.of(
          "long", NUMBER,
          "int", NUMBER,
          "short", NUMBER,
          "char", NUMBER,
          "byte", BYTE,
          "boolean", BYTE,
          "float", FLOAT,
          "double", DOUBLE,
          "java.lang.String", TEXT);

  private final Map<String, Integer> slotOfField = new HashMap<>();
  private final byte[] steps;
  private final boolean onlyNumbers;
  private final @Nullable Layout[] elements;

  private Layout(List<Byte> steps, List<@Nullable Layout> elements) {
    this.steps = new byte[steps.size()];
    for (int step = 0; step < this.steps.length; step++) {
      this.steps[step] = steps.get(step);
    }
    onlyNumbers = steps.stream().allMatch(step -> step == NUMBER);
    this.elements = elements.toArray(Layout[]::new);
  }

  /**
   * The layout of a type.
   *
   * @throws ProfileFormatException if it refers to a type that there is not, or to itself
   */
  static Layout of(JfrType type, Metadata metadata, long offset) throws ProfileFormatException {
    return new Builder(metadata, offset, 0).layout(type);
  }

  private static final class Builder {
    private final Metadata metadata;
    private final long offset;
    private final int rootDepth;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<Byte> steps = new ArrayList<>();
    private final List<@Nullable Layout> elements = new ArrayList<>();

    Builder(Metadata metadata, long offset, int rootDepth) {
      this.metadata = metadata;
      this.offset = offset;
      this.rootDepth = rootDepth;
    }

    Layout layout(JfrType type) throws ProfileFormatException {
      add(type, rootDepth);
      Layout layout = new Layout(steps, elements);
      layout.slotOfField.putAll(slots);
      return layout;
    }

    private void add(JfrType type, int depth) throws ProfileFormatException {
      if (depth > MAX_DEPTH || steps.size() > MAX_STEPS) {
        throw Cursor.malformed("type " + type.name() + " contains itself", offset);
      }
      Byte primitive = PRIMITIVES.get(type.name());
      if (primitive != null) {
        step(primitive, null);
        return;
      }
      if (type.fields().isEmpty()) {
        throw Cursor.malformed("type " + type.name() + " without fields", offset);
      }
      for (JfrType.Field field : type.fields()) {
        if (depth == rootDepth) {
          slots.putIfAbsent(field.name(), steps.size());
        }
        add(field, depth);
      }
    }

    private void add(JfrType.Field field, int depth) throws ProfileFormatException {
      if (field.array()) {
        step(ARRAY, element(field, depth));
      } else if (field.constant()) {
        step(NUMBER, null);
      } else {
        add(type(field), depth + 1);
      }
    }

    private Layout element(JfrType.Field field, int depth) throws ProfileFormatException {
      if (field.constant()) {
        return new Layout(List.of(NUMBER), java.util.Collections.singletonList(null));
      }
      return new Builder(metadata, offset, depth + 1).layout(type(field));
    }

    private JfrType type(JfrType.Field field) throws ProfileFormatException {
      JfrType type = metadata.type(field.type());
      if (type == null) {
        throw Cursor.malformed(
            "type %d of field %s is not defined".formatted(field.type(), field.name()), offset);
      }
      return type;
    }

    private void step(byte step, @Nullable Layout element) {
      steps.add(step);
      elements.add(element);
    }
  }

  /** How many slots {@link #read} fills. */
  int slots() {
    return steps.length;
  }

  /** Whether a value is nothing but as many numbers as there are slots. */
  boolean isOnlyNumbers() {
    return onlyNumbers;
  }

  /** The slot of a field's value, -1 if there is no such field. */
  int slot(String field) {
    return slotOfField.getOrDefault(field, -1);
  }

  /** Whether a slot is of a text. */
  boolean isText(int slot) {
    return steps[slot] == TEXT;
  }

  /** The value of a field among those that {@link #read} filled; 0 if there is no such field. */
  long value(long[] slots, String field) {
    int slot = slot(field);
    return slot < 0 ? 0 : slots[slot];
  }

  /** The layout of the elements of a field; null if it is no array, or there is no such field. */
  @Nullable Layout elements(String field) {
    int slot = slot(field);
    return slot < 0 ? null : elements[slot];
  }

  /**
   * Reads a value. Numbers come into their slots as they are; of texts and arrays the slot gets the
   * cursor's position.
   */
  void read(Cursor in, long[] slots) throws ProfileFormatException {
    if (onlyNumbers) {
      in.numbers(slots, steps.length);
    } else {
      read(in, slots, steps.length);
    }
  }

  /** Reads the fields before a slot, to whose value the cursor comes. */
  void read(Cursor in, long[] slots, int end) throws ProfileFormatException {
    for (int step = 0; step < end; step++) {
      switch (steps[step]) {
        case NUMBER -> slots[step] = in.number();
        case BYTE -> slots[step] = in.rawByte();
        default -> {
          slots[step] = in.position();
          skip(in, step);
        }
      }
    }
  }

  /** Skips a value. */
  void skip(Cursor in) throws ProfileFormatException {
    for (int step = 0; step < steps.length; step++) {
      skip(in, step);
    }
  }

  private void skip(Cursor in, int step) throws ProfileFormatException {
    switch (steps[step]) {
      case NUMBER -> in.number();
      case BYTE -> in.skip(1);
      case FLOAT -> in.skip(Float.BYTES);
      case DOUBLE -> in.skip(Double.BYTES);
      case TEXT -> in.skipText();
      default -> skipElements(in, elements[step]);
    }
  }

  private static void skipElements(Cursor in, @Nullable Layout element)
      throws ProfileFormatException {
    int count = in.count();
    if (element == null) {
      return;
    }
    if (element.onlyNumbers) {
      in.skipNumbers((long) count * element.steps.length);
      return;
    }
    for (int left = count; left > 0; left--) {
      element.skip(in);
    }
  }
}
