// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.ProfileHeader;
import io.pprof4j.profile.ValueType;
import io.pprof4j.profile.internal.text.LineScanner;
import org.jspecify.annotations.Nullable;

/**
 * Text profiles of lock contention: {@code --- contentionz 1 ---} of gperftools, {@code --- mutex:}
 * and {@code --- contention:} of Go; lines {@code name = value}, then samples {@code cycles count @
 * 0x10 0x20}.
 */
final class LegacyContention {
  private static final String[] HEADERS = {"--- contentionz ", "--- mutex:", "--- contention:"};
  private static final ValueType CONTENTIONS = new ValueType("contentions", "count");

  private final LineScanner lines;
  private final LegacyDraft draft =
      new LegacyDraft(CONTENTIONS, 1, CONTENTIONS, new ValueType("delay", "nanoseconds"));
  private long cyclesPerSecond;

  private LegacyContention(LineScanner lines) {
    this.lines = lines;
  }

  static @Nullable LegacyDraft read(byte[] bytes) throws ProfileFormatException {
    LineScanner lines = new LineScanner(bytes, 0);
    if (!lines.next() || !isHeader(lines.line())) {
      return null;
    }
    LegacyContention contention = new LegacyContention(lines);
    try {
      return contention.readAttributes() && contention.readSamples() ? contention.draft : null;
    } catch (LegacyNumbers.ProblemException notANumber) {
      return null;
    }
  }

  private static boolean isHeader(String line) {
    for (String header : HEADERS) {
      if (line.startsWith(header)) {
        return true;
      }
    }
    return false;
  }

  /** Reads up to the first line that is no attribute; false if one is unknown. */
  private boolean readAttributes() throws ProfileFormatException, LegacyNumbers.ProblemException {
    while (lines.next()) {
      String line = LineScanner.trim(lines.line());
      if (LineScanner.isBlankOrComment(line)) {
        continue;
      }
      int equals = line.indexOf('=');
      if (line.startsWith("---") || equals < 0) {
        break;
      }
      String name = LineScanner.trim(line.substring(0, equals));
      if (!attribute(name, LineScanner.trim(line.substring(equals + 1)))) {
        return false;
      }
    }
    return true;
  }

  private boolean attribute(String name, String value) throws LegacyNumbers.ProblemException {
    ProfileHeader header = draft.header();
    switch (name) {
      case "cycles/second" -> cyclesPerSecond = LegacyNumbers.anyBase(value);
      case "sampling period" ->
          draft.header(header.withPeriod(header.periodType(), LegacyNumbers.anyBase(value)));
      case "ms since reset" ->
          draft.header(header.withTime(0, LegacyNumbers.anyBase(value) * 1_000_000));
      case "discarded samples" -> {
        // Known, and of no use.
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readSamples() throws ProfileFormatException {
    do {
      String line = LineScanner.trim(lines.line());
      if (line.startsWith("---")) {
        break;
      }
      if (!LineScanner.isBlankOrComment(line) && !readSample(line)) {
        return false;
      }
    } while (lines.next());
    MemoryMap.readSection(lines, draft);
    return true;
  }

  private boolean readSample(String line) throws ProfileFormatException {
    SampleLine found = SampleLine.find(line);
    if (found == null) {
      return false;
    }
    try {
      long delay = LegacyNumbers.decimal(found.first);
      long count = LegacyNumbers.decimal(found.second);
      long period = draft.header().period();
      if (period > 0) {
        if (cyclesPerSecond > 0) {
          double gigahertz = cyclesPerSecond / 1e9;
          delay = (long) ((double) delay * period / gigahertz);
        }
        count *= period;
      }
      draft.sample(draft.callers(LegacyNumbers.addresses(found.stack)), count, delay);
      return true;
    } catch (LegacyNumbers.ProblemException problem) {
      throw Legacy.malformedSample(line, problem, lines.offset());
    }
  }

  /**
   * The first place in a line where two numbers and " @" follow each other. One number of several
   * digits counts as two, the second being its last digit; that is how the format was always read.
   */
  private record SampleLine(String first, String second, String stack) {
    static @Nullable SampleLine find(String line) {
      int start = 0;
      while (start < line.length()) {
        int end = digitsEnd(line, start);
        if (end > start) {
          int next = end;
          while (next < line.length() && line.charAt(next) == ' ') {
            next++;
          }
          int nextEnd = digitsEnd(line, next);
          if (nextEnd > next && line.startsWith(" @", nextEnd)) {
            return of(line, start, end, next, nextEnd);
          }
          if (end - start > 1 && line.startsWith(" @", end)) {
            return of(line, start, end - 1, end - 1, end);
          }
        }
        start = Math.max(end, start + 1);
      }
      return null;
    }

    private static SampleLine of(String line, int from, int to, int nextFrom, int nextTo) {
      int end = nextTo + 2;
      while (end < line.length() && " x0123456789abcdef".indexOf(line.charAt(end)) >= 0) {
        end++;
      }
      return new SampleLine(
          line.substring(from, to),
          line.substring(nextFrom, nextTo),
          line.substring(nextTo + 2, end));
    }

    private static int digitsEnd(String line, int from) {
      int end = from;
      while (end < line.length() && line.charAt(end) >= '0' && line.charAt(end) <= '9') {
        end++;
      }
      return end;
    }
  }
}
