// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.ValueType;
import io.pprof4j.profile.internal.text.LineScanner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text profiles of the heap: {@code heap profile: in-use objects: bytes [allocated objects:
 * bytes] @ heap_v2/period}, then such a line with a stack for each sample; and the growth and
 * fragmentation profiles, which share the form.
 */
final class LegacyHeap {
  private static final String COUNTS =
      "heap profile: *([0-9]+): *([0-9]+) *\\[ *([0-9]+): *([0-9]+) *\\]";
  private static final Pattern HEADER = Pattern.compile(COUNTS + " *@ *(heap[_a-z0-9]*)/?([0-9]*)");
  private static final Pattern OTHER_HEADER =
      Pattern.compile(COUNTS + " @ (growth|fragmentation)z?");

  /** Matching starts at whole numbers only; otherwise long runs of digits would take for ever. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "((?:-|(?<![0-9]))[0-9]++): *+(-?[0-9]++) *+\\[ *+([0-9]++): *+([0-9]++) *+\\] @"
              + "([ x0-9a-f]*+)");

  private static final ValueType SPACE = new ValueType("space", "bytes");

  private final boolean sampled;
  private final boolean hasAllocations;
  private final long period;

  private LegacyHeap(boolean sampled, boolean hasAllocations, long period) {
    this.sampled = sampled;
    this.hasAllocations = hasAllocations;
    this.period = period;
  }

  static @Nullable LegacyDraft read(byte[] bytes) throws ProfileFormatException {
    LineScanner lines = new LineScanner(bytes, 0);
    if (!lines.next()) {
      return null;
    }
    LegacyHeap heap = header(lines.line());
    return heap == null ? null : heap.readSamples(lines);
  }

  private static @Nullable LegacyHeap header(String line) {
    Matcher header = HEADER.matcher(line);
    if (!header.find()) {
      return OTHER_HEADER.matcher(line).find() ? new LegacyHeap(false, false, 1) : null;
    }
    long period = 0;
    try {
      period = header.group(6).isEmpty() ? 0 : LegacyNumbers.decimal(header.group(6));
    } catch (LegacyNumbers.ProblemException outOfRange) {
      return null;
    }
    boolean allocations = differs(header, 3, 1) || differs(header, 4, 2);
    return switch (header.group(5)) {
      case "heapz_v2", "heap_v2" -> new LegacyHeap(true, allocations, period);
      case "heapprofile" -> new LegacyHeap(false, allocations, 1);
      case "heap" -> new LegacyHeap(true, allocations, period / 2);
      default -> null;
    };
  }

  private static boolean differs(Matcher header, int allocated, int inUse) {
    String text = header.group(allocated);
    return !text.equals(header.group(inUse)) && !text.equals("0");
  }

  /** Types in use come last, since the last one is shown by default. */
  private LegacyDraft draft() {
    if (!hasAllocations) {
      return new LegacyDraft(SPACE, period, new ValueType("objects", "count"), SPACE);
    }
    return new LegacyDraft(
        SPACE,
        period,
        new ValueType("alloc_objects", "count"),
        new ValueType("alloc_space", "bytes"),
        new ValueType("inuse_objects", "count"),
        new ValueType("inuse_space", "bytes"));
  }

  private LegacyDraft readSamples(LineScanner lines) throws ProfileFormatException {
    LegacyDraft draft = draft();
    while (lines.next()) {
      String line = LineScanner.trim(lines.line());
      if (LineScanner.isBlankOrComment(line)) {
        continue;
      }
      if (MemoryMap.isSentinel(line)) {
        break;
      }
      readSample(draft, line, lines.offset());
    }
    MemoryMap.readSection(lines, draft);
    return draft;
  }

  private void readSample(LegacyDraft draft, String line, long offset)
      throws ProfileFormatException {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.find()) {
      throw Legacy.malformed("unexpected number of sample values: got 0, want 6", offset);
    }
    try {
      long[] values = new long[hasAllocations ? 4 : 2];
      long blockSize = 0;
      if (hasAllocations) {
        blockSize = values(sample, 3, "allocation", values, 0, offset, blockSize);
      }
      blockSize = values(sample, 1, "inuse", values, values.length - 2, offset, blockSize);
      long[] stack = LegacyNumbers.addresses(sample.group(5));
      draft.heapSample(draft.callers(stack), blockSize, values);
    } catch (LegacyNumbers.ProblemException problem) {
      throw Legacy.malformedSample(line, problem, offset);
    }
  }

  private long values(
      Matcher sample, int group, String what, long[] values, int at, long offset, long blockSize)
      throws ProfileFormatException, LegacyNumbers.ProblemException {
    long count = LegacyNumbers.decimal(sample.group(group));
    long size = LegacyNumbers.decimal(sample.group(group + 1));
    if (count == 0 && size != 0) {
      throw Legacy.malformed(
          "%s count was 0 but %s bytes was %d".formatted(what, what, size), offset);
    }
    values[at] = count;
    values[at + 1] = size;
    if (count == 0) {
      return blockSize;
    }
    if (sampled) {
      unsample(values, at, period);
    }
    return size / count;
  }

  /**
   * Estimates what was allocated from what was sampled. An allocation of size s is sampled with
   * probability 1 - exp(-s / period), so each sample stands for the inverse of that.
   */
  static void unsample(long[] values, int at, long period) {
    long count = values[at];
    long size = values[at + 1];
    if (count == 0 || size == 0) {
      values[at] = 0;
      values[at + 1] = 0;
    } else if (period > 1) {
      double average = (double) size / count;
      double scale = 1 / (1 - Math.exp(-average / period));
      values[at] = (long) (count * scale);
      values[at + 1] = (long) (size * scale);
    }
  }
}
