// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8 in which no byte is lost: a byte that is not part of a valid sequence becomes the lone
 * surrogate U+DC80..U+DCFF on decoding, and that surrogate becomes the byte again on encoding.
 *
 * <p>Profiles come from tools that put arbitrary bytes into names, and reports must print the bytes
 * they were given. The mapping is that of Python's {@code surrogateescape} (PEP 383).
 */
public final class Utf8 {
  private static final char ESCAPE_BASE = '\uDC00';

  private Utf8() {}

  /** Decodes {@code length} bytes from {@code offset}; never fails. */
  public static String decode(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : decodeSlowly(bytes, offset, length);
  }

  /** Decodes the whole array; never fails. */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  private static String decodeSlowly(byte[] bytes, int offset, int length) {
    StringBuilder out = new StringBuilder(length);
    int end = offset + length;
    for (int at = offset; at < end; ) {
      int sequence = sequenceLength(bytes, at, end);
      if (sequence == 0) {
        out.append((char) (ESCAPE_BASE + (bytes[at] & 0xFF)));
        at++;
      } else {
        out.append(new String(bytes, at, sequence, StandardCharsets.UTF_8));
        at += sequence;
      }
    }
    return out.toString();
  }

  /** Length of the valid sequence at {@code at}, or 0 (Unicode standard, table 3-7). */
  private static int sequenceLength(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + length > end) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int next = at + 2; next < at + length; next++) {
      if ((bytes[next] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** Encodes text; lone surrogates made by {@link #decode} become their byte, others {@code ?}. */
  public static byte[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == text.length() && !hasQuestionMark(bytes)) {
      // All of it is ASCII: of other characters only lone surrogates take one byte, as "?". A loop
      // over bytes takes a third of one over characters until the optimising compiler comes.
      return bytes;
    }
    for (int at = 0; at < text.length(); at++) {
      if (isEscape(text, at)) {
        return encodeSlowly(text);
      }
    }
    return bytes;
  }

  private static boolean hasQuestionMark(byte[] bytes) {
    for (byte each : bytes) {
      if (each == '?') {
        return true;
      }
    }
    return false;
  }

  private static boolean isEscape(String text, int at) {
    char c = text.charAt(at);
    return c >= '\uDC80'
        && c <= '\uDCFF'
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private static byte[] encodeSlowly(String text) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(text.length() * 2);
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || isEscape(text, at)) {
        out.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
        if (at < text.length()) {
          out.write(text.charAt(at) - ESCAPE_BASE);
        }
        from = at + 1;
      }
    }
    return out.toByteArray();
  }
}
