// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.ValueType;
import io.pprof4j.profile.internal.text.LineScanner;
import org.jspecify.annotations.Nullable;

/**
 * The binary CPU profile of gperftools: a sequence of words of 32 or 64 bits in either byte order.
 *
 * <p>The header is 0, 3, the version (0; 1 for Java), the period in microseconds and 0. Each sample
 * is a count, a depth and that many addresses; the last one is 0, 1, 0. Text follows: a memory map,
 * or the names of Java frames.
 */
final class LegacyCpu {
  private static final int HEADER_WORDS = 5;
  private static final ValueType CPU = new ValueType("cpu", "nanoseconds");

  private final byte[] bytes;
  private final int width;
  private final boolean bigEndian;
  private int at;
  private boolean overrun;

  private LegacyCpu(byte[] bytes, int width, boolean bigEndian) {
    this.bytes = bytes;
    this.width = width;
    this.bigEndian = bigEndian;
  }

  static @Nullable LegacyDraft read(byte[] bytes) throws ProfileFormatException {
    for (int width = 4; width <= 8; width += 4) {
      for (int order = 0; order < 2; order++) {
        LegacyCpu words = new LegacyCpu(bytes, width, order == 1);
        long[] header = new long[HEADER_WORDS];
        for (int word = 0; word < HEADER_WORDS; word++) {
          header[word] = words.word();
        }
        if (!words.overrun && isHeader(header)) {
          return words.readSamples(header[3], header[2] == 1);
        }
      }
    }
    return null;
  }

  private static boolean isHeader(long[] header) {
    return header[0] == 0
        && header[1] == 3
        && (header[2] == 0 || header[2] == 1)
        && header[3] != 0
        && header[4] == 0;
  }

  private long word() {
    if (overrun || bytes.length - at < width) {
      overrun = true;
      return 0;
    }
    long value = 0;
    for (int next = 0; next < width; next++) {
      int shift = 8 * (bigEndian ? width - 1 - next : next);
      value |= (bytes[at + next] & 0xFFL) << shift;
    }
    at += width;
    return value;
  }

  private @Nullable LegacyDraft readSamples(long periodMicros, boolean namesFollow)
      throws ProfileFormatException {
    long period = periodMicros * 1000;
    LegacyDraft draft = new LegacyDraft(CPU, period, new ValueType("samples", "count"), CPU);
    while (!overrun && at < bytes.length) {
      long count = word();
      long depth = word();
      // Depth is counted in 32-bit words here whatever the width; a stack may end early.
      if (overrun || Long.compareUnsigned(depth, (bytes.length - at) / 4) > 0) {
        return null;
      }
      long[] addresses = new long[(int) depth];
      for (int frame = 0; frame < addresses.length; frame++) {
        addresses[frame] = word();
      }
      if (count == 0 && depth == 1 && addresses[0] == 0) {
        break;
      }
      draft.sample(stack(draft, addresses, namesFollow), count, count * period);
    }
    int rest = overrun ? bytes.length : at;
    if (namesFollow) {
      LegacyJava.readLocations(LineScanner.unlimited(bytes, rest), draft);
      return draft;
    }
    draft.removeHandlerFrames();
    MemoryMap.readTo(draft, new LineScanner(bytes, rest));
    draft.removeDuplicateLeaves();
    return draft;
  }

  private static int[] stack(LegacyDraft draft, long[] addresses, boolean namesFollow) {
    return namesFollow
        ? java.util.Arrays.stream(addresses).mapToInt(draft::location).toArray()
        : draft.leafAndCallers(addresses);
  }
}
