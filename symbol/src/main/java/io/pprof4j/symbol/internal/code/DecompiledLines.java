// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lays decompiled source out so that statements stand at their original line numbers.
 *
 * <p>Lines whose number is known are put there, several on one line if need be. The lines between
 * them, such as signatures and braces, go where there is room: a closing brace behind what it
 * closes, all else before what follows it.
 */
final class DecompiledLines {
  /** The JVM's line tables have no larger number. */
  private static final int MAX_LINE = 0xffff;

  private final List<String> source;
  private final Map<Integer, Integer> originals = new HashMap<>();
  private final TreeMap<Integer, String> slots = new TreeMap<>();

  private DecompiledLines(List<String> source, int[] mapping, FieldLines fields) {
    this.source = source;
    for (int at = 0; at + 1 < mapping.length; at += 2) {
      int original = mapping[at];
      if (original > 0 && original <= MAX_LINE) {
        // A statement that spans lines starts at the smallest.
        originals.merge(mapping[at + 1] - 1, original, Math::min);
      }
    }
    for (int line = 0; line < source.size(); line++) {
      int original = originals.containsKey(line) ? 0 : fields.of(source.get(line));
      if (original > 0) {
        originals.put(line, original);
      }
    }
  }

  /**
   * Lays out.
   *
   * @param source as the decompiler wrote it
   * @param mapping pairs of an original line number and a line number in {@code source}
   * @param fields where fields are initialized
   * @return the lines, from line 1 on; empty if no line number is known
   */
  static List<String> atOriginalNumbers(String source, int[] mapping, FieldLines fields) {
    DecompiledLines lines = new DecompiledLines(source.lines().toList(), mapping, fields);
    return lines.originals.isEmpty() ? List.of() : lines.layOut();
  }

  private List<String> layOut() {
    for (int line = 0; line < source.size(); line++) {
      Integer slot = originals.get(line);
      if (slot != null) {
        append(slot, source.get(line));
      }
    }
    int before = 0;
    for (int line = 0; line < source.size(); ) {
      Integer slot = originals.get(line);
      if (slot != null) {
        before = slot;
        line++;
        continue;
      }
      int end = line;
      while (end < source.size() && !originals.containsKey(end)) {
        end++;
      }
      placeGap(line, end, before);
      line = end;
    }
    List<String> result = new ArrayList<>();
    int last = slots.lastKey();
    for (int number = 1; number <= last; number++) {
      result.add(slots.getOrDefault(number, ""));
    }
    return result;
  }

  /** Places lines without a number that stand after the one at a slot. */
  private void placeGap(int from, int to, int before) {
    int at = from;
    int slot = before;
    while (at < to && (isClosing(source.get(at)) || to == source.size())) {
      slot = closeAfter(slot, source.get(at++));
    }
    Integer next = originals.get(to);
    if (next == null) {
      return;
    }
    int lead = next - 1;
    List<String> noRoom = new ArrayList<>();
    for (int line = to - 1; line >= at; line--) {
      String text = source.get(line);
      if (text.isBlank()) {
        continue;
      }
      if (lead >= 1 && !slots.containsKey(lead)) {
        slots.put(lead--, text);
      } else {
        noRoom.add(0, text.strip());
      }
    }
    if (!noRoom.isEmpty()) {
      String joined = String.join(" ", noRoom);
      slots.merge(lead + 1, joined, (there, more) -> more + " " + there.strip());
    }
  }

  private int closeAfter(int slot, String text) {
    if (slot > 0 && !text.isBlank()) {
      if (!slots.containsKey(slot + 1)) {
        slots.put(slot + 1, text);
        return slot + 1;
      }
      append(slot, text);
    }
    return slot;
  }

  private void append(int slot, String text) {
    slots.merge(slot, text, (there, more) -> there + " " + more.strip());
  }

  private static boolean isClosing(String text) {
    return text.isBlank() || text.strip().startsWith("}") || text.strip().startsWith(")");
  }
}
