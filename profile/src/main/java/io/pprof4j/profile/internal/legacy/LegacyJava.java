// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.ProfileHeader;
import io.pprof4j.profile.ValueType;
import io.pprof4j.profile.internal.text.LineScanner;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text profiles of an old profiler for Java: {@code --- heapz 1 ---} and {@code --- contentionz 1
 * ---}, lines {@code name=value} of which one is {@code format=java}, samples {@code bytes
 * objects @ 0x1 0x2}, and the names of the frames: {@code 0x1 com.acme.Shop.sell (Shop.java:12)}.
 */
final class LegacyJava {
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?<![0-9A-Za-z_ ])([0-9A-Za-z_ ]++)=([0-9A-Za-z_ ]++)");
  private static final Pattern SAMPLE =
      Pattern.compile("(?<![0-9])([0-9]++) ++([0-9]++) ++@ ++([ x0-9a-f]*+)");
  private static final Pattern LOCATION =
      Pattern.compile("(?s)0x([0-9a-fA-F]++)[\\t\\n\\f\\r ]++(.*+)");

  /** The sampling rate that the profiler used for the heap, in bytes. */
  private static final long HEAP_PERIOD = 512 << 10;

  private final LineScanner lines;
  private final boolean heap;
  private final LegacyDraft draft = new LegacyDraft(new ValueType("", ""), 0);

  private LegacyJava(LineScanner lines, boolean heap) {
    this.lines = lines;
    this.heap = heap;
  }

  static @Nullable LegacyDraft read(byte[] bytes) throws ProfileFormatException {
    LineScanner lines = LineScanner.unlimited(bytes, 0);
    if (!lines.next() || !lines.terminated()) {
      return null;
    }
    String header = LineScanner.trim(lines.line());
    boolean heap = header.equals("--- heapz 1 ---");
    if (!heap && !header.equals("--- contentionz 1 ---")) {
      return null;
    }
    LegacyJava java = new LegacyJava(lines, heap);
    return java.readHeader() ? java.readAll() : null;
  }

  /** Reads attributes up to the first line that is none; false if one is unknown. */
  private boolean readHeader() throws ProfileFormatException {
    while (lines.next() && lines.terminated()) {
      String line = LineScanner.trim(lines.line());
      if (line.isEmpty()) {
        continue;
      }
      Matcher attribute = ATTRIBUTE.matcher(line);
      if (!attribute.find()) {
        return true;
      }
      String name = LineScanner.trim(attribute.group(1));
      try {
        if (!attribute(name, LineScanner.trim(attribute.group(2)))) {
          return false;
        }
      } catch (LegacyNumbers.ProblemException problem) {
        throw Legacy.malformed(
            "failed to parse attribute %s: %s".formatted(line, problem.getMessage()),
            lines.offset());
      }
    }
    return true;
  }

  private boolean attribute(String name, String value) throws LegacyNumbers.ProblemException {
    ProfileHeader header = draft.header();
    switch ((heap ? "heap/" : "contention/") + name) {
      case "heap/format", "contention/format" -> {
        return value.equals("java");
      }
      case "heap/resolution" ->
          draft.header(
              header.withSampleTypes(
                  List.of(
                      new ValueType("inuse_objects", "count"),
                      new ValueType("inuse_space", value))));
      case "contention/resolution" ->
          draft.header(
              header.withSampleTypes(
                  List.of(new ValueType("contentions", "count"), new ValueType("delay", value))));
      case "contention/sampling period" ->
          draft.header(
              header.withPeriod(
                  Optional.of(new ValueType("contentions", "count")),
                  LegacyNumbers.anyBase(value)));
      case "contention/ms since reset" ->
          draft.header(header.withTime(0, LegacyNumbers.anyBase(value) * 1_000_000));
      default -> {
        return false;
      }
    }
    return true;
  }

  private LegacyDraft readAll() throws ProfileFormatException {
    do {
      String line = LineScanner.trim(lines.line());
      if (line.isEmpty()) {
        continue;
      }
      Matcher sample = SAMPLE.matcher(line);
      if (!lines.terminated() || !sample.find()) {
        break;
      }
      readSample(sample, line);
    } while (lines.next());
    readLocations(lines, draft);
    if (draft.header().sampleTypes().isEmpty() && draft.samples() > 0) {
      throw Legacy.malformed("missing sample type information", lines.offset());
    }
    return draft;
  }

  /** The first number is the size or delay, the second one counts. */
  private void readSample(Matcher sample, String line) throws ProfileFormatException {
    long[] stack;
    try {
      stack = LegacyNumbers.addresses(sample.group(3));
    } catch (LegacyNumbers.ProblemException problem) {
      throw Legacy.malformedSample(line, problem, lines.offset());
    }
    int[] rows = java.util.Arrays.stream(stack).mapToInt(draft::location).toArray();
    try {
      long[] values = {
        LegacyNumbers.anyBase(sample.group(2)), LegacyNumbers.anyBase(sample.group(1))
      };
      addSample(rows, values, line);
    } catch (LegacyNumbers.ProblemException problem) {
      throw Legacy.malformed(
          "parsing sample %s: %s".formatted(line, problem.getMessage()), lines.offset());
    }
  }

  private void addSample(int[] rows, long[] values, String line) throws ProfileFormatException {
    if (!heap) {
      long period = draft.header().period();
      if (period != 0) {
        values[0] *= period;
        values[1] *= period;
      }
      draft.sample(rows, values);
      return;
    }
    if (values[0] == 0) {
      throw Legacy.malformed(
          "parsing sample %s: second value must be non-zero".formatted(line), lines.offset());
    }
    long blockSize = values[1] / values[0];
    LegacyHeap.unsample(values, 0, HEAP_PERIOD);
    draft.heapSample(rows, blockSize, values);
  }

  /** Reads names for addresses from the current line on; other lines are skipped. */
  static void readLocations(LineScanner lines, LegacyDraft draft) throws ProfileFormatException {
    do {
      Matcher location = LOCATION.matcher(LineScanner.trim(lines.line()));
      if (location.matches()) {
        OptionalLong address = LegacyNumbers.hex(location.group(1));
        if (address.isEmpty()) {
          throw tooLarge(LineScanner.trim(lines.line()), location.group(1), lines.offset());
        }
        int row = draft.knownLocation(address.getAsLong());
        if (row >= 0) {
          draft.name(row, frame(draft, location.group(2)));
        }
      }
    } while (lines.next());
    draft.place(List.of());
    draft.forgetAddresses();
  }

  private static ProfileFormatException tooLarge(String line, String number, long offset) {
    return Legacy.malformed(
        "parsing sample %s: strconv.ParseUint: parsing \"%s\": value out of range"
            .formatted(line, number),
        offset);
  }

  /**
   * The frame that a text names: {@code function (file:line)}, {@code function (library)}, a stub,
   * or a state of the JVM such as {@code GC}.
   */
  private static LegacyDraft.NamedLine frame(LegacyDraft draft, String text) {
    int open = text.endsWith(")") ? opening(text) : -1;
    if (open >= 0) {
      String function = text.substring(0, open - 1);
      String place = text.substring(open + 1, text.length() - 1);
      int colon = place.lastIndexOf(':');
      String number = place.substring(colon + 1);
      if (colon > 0 && number.matches("-?[0-9]+")) {
        return draft.line(function, place.substring(0, colon), lineNumber(number));
      }
    }
    int last = text.endsWith(")") ? lastOpening(text) : -1;
    if (last >= 0) {
      String path = text.substring(last + 1, text.length() - 1);
      return draft.line(text.substring(0, last - 1), baseName(path), 0);
    }
    return draft.line(text.contains("generated stub/JIT") ? "STUB" : text, "", 0);
  }

  /** The last opening parenthesis after a space that has something in it before its colon. */
  private static int opening(String text) {
    int colon = text.lastIndexOf(':');
    for (int at = Math.min(colon - 2, text.length()); at > 0; at--) {
      if (text.charAt(at) == '(' && isSpace(text.charAt(at - 1))) {
        return at;
      }
    }
    return -1;
  }

  private static int lastOpening(String text) {
    for (int at = text.length() - 1; at > 0; at--) {
      if (text.charAt(at) == '(' && isSpace(text.charAt(at - 1))) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isSpace(char c) {
    return "\t\n\f\r ".indexOf(c) >= 0;
  }

  private static long lineNumber(String digits) {
    try {
      return Math.max(0, LegacyNumbers.decimal(digits));
    } catch (LegacyNumbers.ProblemException tooLarge) {
      return 0;
    }
  }

  /** The last element of a path, as path.Base of Go has it. */
  private static String baseName(String path) {
    if (path.isEmpty()) {
      return ".";
    }
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return end == 0 ? "/" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }
}
