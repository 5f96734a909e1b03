// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.ValueType;
import io.pprof4j.profile.internal.column.LongColumn;
import io.pprof4j.profile.internal.text.LineScanner;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text dump of threads of gperftools: {@code --- threadz 1 ---}, and for each thread {@code ---
 * Thread 7f (name: main/1) stack: ---} and lines with addresses, or "same as previous thread".
 */
final class LegacyThreads {
  private static final Pattern HEADER = Pattern.compile("--- threadz [0-9]++ ---");
  private static final Pattern THREAD_START = Pattern.compile("--- Thread [0-9a-fA-F]++ \\(name: ");
  private static final String THREAD_END = ") stack: ---";

  private final LineScanner lines;
  private String line = "";

  private LegacyThreads(LineScanner lines) {
    this.lines = lines;
  }

  static @Nullable LegacyDraft read(byte[] bytes) throws ProfileFormatException {
    LegacyThreads threads = new LegacyThreads(new LineScanner(bytes, 0));
    return threads.isHeader() ? threads.readThreads() : null;
  }

  private boolean isHeader() throws ProfileFormatException {
    lines.nextHeader();
    line = lines.line();
    if (!HEADER.matcher(line).find()) {
      return isThread(line);
    }
    while (lines.next()) {
      line = lines.line();
      if (MemoryMap.isSentinel(line) || line.startsWith("-")) {
        break;
      }
    }
    return true;
  }

  /** The name may contain anything, so its end is looked for from the end of the line. */
  private static boolean isThread(String line) {
    Matcher start = THREAD_START.matcher(line);
    if (!start.find()) {
      return false;
    }
    for (int end = line.lastIndexOf(THREAD_END); end > start.end(); ) {
      int digits = end;
      while (digits > start.end() && isDigit(line.charAt(digits - 1))) {
        digits--;
      }
      if (digits < end && digits > start.end() && line.charAt(digits - 1) == '/') {
        return true;
      }
      end = line.lastIndexOf(THREAD_END, end - 1);
    }
    return false;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private @Nullable LegacyDraft readThreads() throws ProfileFormatException {
    ValueType thread = new ValueType("thread", "count");
    LegacyDraft draft = new LegacyDraft(thread, 1, thread);
    while (!MemoryMap.isSentinel(line) && !line.startsWith("---- no stack trace for")) {
      if (!isThread(line)) {
        return null;
      }
      long[] stack = readStack();
      if (stack.length == 0) {
        draft.repeatLast();
      } else {
        draft.sample(draft.leafAndCallers(stack), 1);
      }
    }
    MemoryMap.readSection(lines, draft);
    draft.removeDuplicateLeaves();
    return draft;
  }

  /** Reads up to the next line of dashes; an empty stack means the one before. */
  private long[] readStack() throws ProfileFormatException {
    boolean same = false;
    LongColumn addresses = new LongColumn();
    line = "";
    while (lines.next()) {
      line = LineScanner.trim(lines.line());
      if (line.startsWith("---")) {
        break;
      }
      if (line.contains("same as previous thread")) {
        same = true;
        continue;
      }
      try {
        Arrays.stream(LegacyNumbers.addresses(line)).forEach(addresses::add);
      } catch (LegacyNumbers.ProblemException problem) {
        throw Legacy.malformedSample(line, problem, lines.offset());
      }
    }
    return same ? new long[0] : addresses.toArray();
  }
}
