// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Samples;
import io.pprof4j.profile.Stacks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Prints the samples of {@link RawPrinter}: values, location ids, labels. */
final class RawSamples {
  /*
   * Ids are nearly all of the output, so their digits are made once per location and copied into a
   * buffer of bytes: a profile of 100 MB has 50 million ids.
   */
  private static final int BUFFER = 1 << 16;

  /** Widest value with what surrounds it. */
  private static final int LONGEST = 32;

  private static final int VALUE_WIDTH = 10;

  /** Frames for which there is room in half of the buffer. */
  private static final int FRAMES_AT_ONCE = BUFFER / 2 / LONGEST;

  private final Profile profile;
  private final Stacks stacks;
  private final int[] locations;
  private final byte[][] labels;
  private final OutputStream target;
  private final byte[] buffer = new byte[BUFFER];
  private int size;

  /** Digits of all ids, each with a blank behind it; those of location l start at start[l]. */
  private byte[] ids;

  private final int[] start;

  /**
   * Prepares to print.
   *
   * @param labels the lines of each label list
   */
  RawSamples(Profile profile, byte[][] labels, OutputStream target) {
    this.profile = profile;
    this.labels = labels;
    this.target = target;
    this.stacks = profile.stacks();
    this.locations = new int[stacks.maxDepth()];
    Locations all = profile.locations();
    start = new int[all.size() + 1];
    ids = new byte[Math.multiplyExact(all.size(), 6) + LONGEST];
    for (int location = 0; location < all.size(); location++) {
      byte[] id = ascii(Long.toUnsignedString(all.id(location)) + " ");
      int end = Math.addExact(start[location], id.length);
      if (end > ids.length) {
        ids = Arrays.copyOf(ids, Math.max(end, Math.multiplyExact(ids.length, 2)));
      }
      System.arraycopy(id, 0, ids, start[location], id.length);
      start[location + 1] = end;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Writes all samples to the stream. */
  void print() throws IOException {
    Samples samples = profile.samples();
    int types = profile.sampleTypes().size();
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      for (int type = 0; type < types; type++) {
        value(samples.value(sample, type));
      }
      room(LONGEST);
      buffer[size++] = ':';
      buffer[size++] = ' ';
      stack(samples.stack(sample));
      room(LONGEST);
      buffer[size++] = '\n';
      write(labels[samples.labels(sample)]);
    }
    flush();
  }

  private void stack(int stack) throws IOException {
    int depth = stacks.locations(stack, locations);
    for (int from = 0; from < depth; from += FRAMES_AT_ONCE) {
      int to = Math.min(depth, from + FRAMES_AT_ONCE);
      room((to - from) * LONGEST);
      size = copyIds(from, to, size);
    }
  }

  /**
   * Copies the ids of some frames into the buffer; returns where they end. All in local variables,
   * as the first compiler reads a field anew for each byte, which took twice as long.
   */
  private int copyIds(int fromFrame, int toFrame, int position) {
    int[] rows = locations;
    int[] starts = start;
    byte[] digits = ids;
    byte[] out = buffer;
    int next = position;
    for (int frame = fromFrame; frame < toFrame; frame++) {
      int row = rows[frame];
      int end = starts[row + 1];
      for (int at = starts[row]; at < end; at++) {
        out[next++] = digits[at];
      }
    }
    return next;
  }

  /** A blank and the number, right-aligned. */
  private void value(long number) throws IOException {
    byte[] digits = ascii(Long.toString(number));
    room(LONGEST);
    for (int blanks = Math.max(0, VALUE_WIDTH - digits.length) + 1; blanks > 0; blanks--) {
      buffer[size++] = ' ';
    }
    System.arraycopy(digits, 0, buffer, size, digits.length);
    size += digits.length;
  }

  private void write(byte[] bytes) throws IOException {
    if (bytes.length > buffer.length) {
      flush();
      target.write(bytes);
      return;
    }
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  /** Makes room for some more bytes. */
  private void room(int bytes) throws IOException {
    if (size + bytes > buffer.length) {
      flush();
    }
  }

  private void flush() throws IOException {
    target.write(buffer, 0, size);
    size = 0;
  }
}
