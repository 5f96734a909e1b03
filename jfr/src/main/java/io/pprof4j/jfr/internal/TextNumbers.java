// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Numbers texts by their bytes as a recording has them, so that each is decoded once, whichever
 * chunks have it. Texts that are equal but not encoded alike have several numbers.
 */
final class TextNumbers {
  private static final int FIRST = 1 << 10;

  /** Differs from run to run, so that nobody can choose texts that collide; odd. */
  private static final long FACTOR = new SplittableRandom().nextLong() | 1;

  /** Encoded texts one after the other: that of number n is at start[n] .. start[n + 1] - 1. */
  private byte[] bytes = new byte[16 * FIRST];

  private int[] start = new int[FIRST];
  private int[] hashes = new int[FIRST];

  /** Numbers plus one; 0 is a free slot. */
  private int[] table = new int[4 * FIRST];

  private final List<String> texts = new ArrayList<>();
  private final Cursor cursor = new Cursor();

  /**
   * The number of a text.
   *
   * @param source where it is
   * @param from where its encoding is told
   * @param to where it ends
   */
  int number(byte[] source, int from, int to) throws ProfileFormatException {
    int hash = hash(source, from, to);
    int mask = table.length - 1;
    int slot = hash & mask;
    while (table[slot] != 0) {
      int number = table[slot] - 1;
      if (hashes[number] == hash && isEqual(number, source, from, to)) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    append(hash, source, from, to);
    table[slot] = texts.size();
    if (texts.size() * 2L > table.length) {
      rehash();
    }
    return texts.size() - 1;
  }

  /** The text of a number; empty also for what was no text at all. */
  String text(int number) {
    return texts.get(number);
  }

  private boolean isEqual(int number, byte[] source, int from, int to) {
    return Arrays.equals(bytes, start[number], start[number + 1], source, from, to);
  }

  private void append(int hash, byte[] source, int from, int to) throws ProfileFormatException {
    int number = texts.size();
    int length = to - from;
    if (number + 2 > start.length) {
      start = Arrays.copyOf(start, Math.multiplyExact(start.length, 2));
      hashes = Arrays.copyOf(hashes, start.length);
    }
    int at = start[number];
    if (length > bytes.length - at) {
      bytes = Arrays.copyOf(bytes, Math.addExact(Math.multiplyExact(bytes.length, 2), length));
    }
    System.arraycopy(source, from, bytes, at, length);
    start[number + 1] = at + length;
    hashes[number] = hash;
    cursor.open(bytes, at, at + length, 0);
    String text = cursor.text(null);
    texts.add(text == null ? "" : text);
  }

  private void rehash() {
    table = new int[Math.multiplyExact(table.length, 4)];
    int mask = table.length - 1;
    for (int number = 0; number < texts.size(); number++) {
      int slot = hashes[number] & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = number + 1;
    }
  }

  private static int hash(byte[] source, int from, int to) {
    long hash = (long) to - from;
    for (int at = from; at < to; at++) {
      hash = hash * FACTOR + source[at];
    }
    hash *= FACTOR;
    return (int) (hash >>> 32);
  }
}
