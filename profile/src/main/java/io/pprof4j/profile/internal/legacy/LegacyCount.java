// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.ValueType;
import io.pprof4j.profile.internal.text.LineScanner;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Text profiles of Go that count stacks, such as goroutine and threadcreate: {@code goroutine
 * profile: total 3}, then lines {@code 1 @ 0x10 0x20}.
 */
final class LegacyCount {
  private static final String HEADER = " profile: total ";

  private LegacyCount() {}

  static @Nullable LegacyDraft read(byte[] bytes) throws ProfileFormatException {
    LineScanner lines = new LineScanner(bytes, 0);
    lines.nextHeader();
    String type = type(lines.line());
    if (type == null) {
      return null;
    }
    ValueType counted = new ValueType(type, "count");
    LegacyDraft draft = new LegacyDraft(counted, 1, counted);
    while (lines.next()) {
      if (LineScanner.isBlankOrComment(lines.line())) {
        continue;
      }
      if (lines.line().startsWith("---")) {
        break;
      }
      readSample(draft, lines.line(), lines.offset());
    }
    MemoryMap.readSection(lines, draft);
    return draft;
  }

  /** What is counted, or null if the line is no header. */
  private static @Nullable String type(String line) {
    int at = line.indexOf(HEADER);
    if (at <= 0) {
      return null;
    }
    String type = line.substring(0, at);
    String total = line.substring(at + HEADER.length());
    boolean hasSpace = type.chars().anyMatch(c -> "\t\n\f\r ".indexOf(c) >= 0);
    return hasSpace || !isDigits(total) ? null : type;
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static void readSample(LegacyDraft draft, String line, long offset)
      throws ProfileFormatException {
    int at = line.indexOf(" @ ");
    if (at < 0 || !isDigits(line.substring(0, at))) {
      throw Legacy.malformed("malformed profile format", offset);
    }
    String[] words = line.substring(at + 3).split(" ", -1);
    long[] stack = new long[words.length];
    for (int depth = 0; depth < words.length; depth++) {
      stack[depth] = address(words[depth], offset);
    }
    try {
      long count = LegacyNumbers.anyBase(line.substring(0, at));
      draft.sample(draft.callers(stack), count);
    } catch (LegacyNumbers.ProblemException tooLarge) {
      throw Legacy.malformed("malformed profile format", offset);
    }
  }

  private static long address(String word, long offset) throws ProfileFormatException {
    boolean lower = word.equals(word.toLowerCase(java.util.Locale.ROOT));
    OptionalLong address =
        word.startsWith("0x") && lower && word.length() > 2
            ? LegacyNumbers.hex(word.substring(2))
            : OptionalLong.empty();
    if (address.isEmpty()) {
      throw Legacy.malformed("malformed profile format", offset);
    }
    return address.getAsLong();
  }
}
