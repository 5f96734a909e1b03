// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the encodings of a recording from memory, and never beyond a limit. Numbers are
 * little-endian base 128, seven bits a byte, in at most nine bytes of which the last has all eight
 * (JFR's "compressed integers"); headers and floating point are big-endian.
 */
final class Cursor {
  private static final int LONGEST_NUMBER = 9;

  /** Bytes from which on it pays to look at eight of them at a time. */
  private static final int LARGE = 1 << 20;

  /** Apart, since a small recording is read in less time than the JVM takes to prepare this. */
  private static final class Words {
    private static final VarHandle LONGS =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long FIRST_BITS = 0x8080808080808080L;

    /** A bit for each of eight bytes that ends a number. */
    static long ends(byte[] source, int at) {
      return (~(long) LONGS.get(source, at) & FIRST_BITS) >>> 7;
    }
  }

  /** A factor that adds up the bytes of a long in the highest one. */
  private static final long ONES = 0x0101010101010101L;

  private byte[] bytes = {};
  private int at;
  private int limit;
  private long base;

  /**
   * Starts to read elsewhere.
   *
   * @param source what to read
   * @param from index of the first byte
   * @param to index after the last byte
   * @param fileOffset where {@code source[0]} is in the file, for messages
   */
  void open(byte[] source, int from, int to, long fileOffset) {
    bytes = source;
    at = from;
    limit = to;
    base = fileOffset;
  }

  /** Index of the next byte. */
  int position() {
    return at;
  }

  /** Goes to an index that this cursor was at before. */
  void position(int index) {
    at = index;
  }

  /** What this cursor reads; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  int remaining() {
    return limit - at;
  }

  /** Where the next byte is in the file. */
  long offset() {
    return base + at;
  }

  long number() throws ProfileFormatException {
    if (limit - at < LONGEST_NUMBER) {
      return numberNearEnd();
    }
    byte[] source = bytes;
    int index = at;
    long number = source[index++];
    if (number >= 0) {
      at = index;
      return number;
    }
    number &= 0x7F;
    for (int shift = 7; shift < 56; shift += 7) {
      byte next = source[index++];
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        at = index;
        return number;
      }
    }
    number |= (source[index++] & 0xFFL) << 56;
    at = index;
    return number;
  }

  private long numberNearEnd() throws ProfileFormatException {
    long number = 0;
    for (int shift = 0; shift < 56; shift += 7) {
      byte next = rawByte();
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    return number | ((rawByte() & 0xFFL) << 56);
  }

  // Most of a recording is numbers of frames. These loops keep their state in local variables,
  // which the JVM's first compiler does not do by itself.

  /** Reads the first {@code count} of an array from as many numbers. */
  void numbers(long[] into, int count) throws ProfileFormatException {
    int next = 0;
    if (limit - at >= count * LONGEST_NUMBER) {
      byte[] source = bytes;
      int index = at;
      for (; next < count; next++) {
        long number = source[index++];
        if (number < 0) {
          number &= 0x7F;
          int shift = 7;
          byte more = source[index++];
          while (more < 0 && shift < 49) {
            number |= (more & 0x7FL) << shift;
            shift += 7;
            more = source[index++];
          }
          number |= (more & 0x7FL) << shift;
          if (more < 0) {
            number |= (source[index++] & 0xFFL) << 56;
          }
        }
        into[next] = number;
      }
      at = index;
    }
    for (; next < count; next++) {
      into[next] = number();
    }
  }

  /**
   * Reads values of {@code width} numbers each into an array, one after the other, until there are
   * {@code count} of them, or {@code stop} bytes or less are left.
   *
   * @param left how many bytes are left before each value
   * @return how many values were read
   */
  int records(long[] into, int width, int count, int[] left, int stop)
      throws ProfileFormatException {
    byte[] source = bytes;
    int index = at;
    int end = limit;
    int safe = end - width * LONGEST_NUMBER;
    int read = 0;
    int next = 0;
    while (read < count && index <= safe && end - index > stop) {
      left[read++] = end - index;
      for (int last = next + width; next < last; next++) {
        long number = source[index++];
        if (number < 0) {
          number &= 0x7F;
          int shift = 7;
          byte more = source[index++];
          while (more < 0 && shift < 49) {
            number |= (more & 0x7FL) << shift;
            shift += 7;
            more = source[index++];
          }
          number |= (more & 0x7FL) << shift;
          if (more < 0) {
            number |= (source[index++] & 0xFFL) << 56;
          }
        }
        into[next] = number;
      }
    }
    at = index;
    while (read < count && limit - at > stop) {
      left[read++] = limit - at;
      for (int last = next + width; next < last; next++) {
        into[next] = number();
      }
    }
    return read;
  }

  /** Skips numbers without looking at them. */
  void skipNumbers(long count) throws ProfileFormatException {
    byte[] source = bytes;
    int index = at;
    int safe = limit - LONGEST_NUMBER;
    long left = count;
    while (left > 0 && index <= safe) {
      // A number that begins here ends within eight bytes, or with the byte after them.
      long ended = source.length < LARGE ? 0 : (Words.ends(source, index) * ONES) >>> 56;
      if (ended == 0 || ended > left) {
        int last = index + LONGEST_NUMBER - 1;
        while (index < last && source[index] < 0) {
          index++;
        }
        index++;
        left--;
      } else {
        left -= ended;
        index += Long.BYTES;
        while (source[index - 1] < 0) {
          index--;
        }
      }
    }
    at = index;
    for (; left > 0; left--) {
      number();
    }
  }

  /** How many elements follow: never more than there are bytes, so that counts cannot lie much. */
  int count() throws ProfileFormatException {
    long count = number();
    if (count < 0 || count > remaining()) {
      throw malformed("a count of " + count + " with " + remaining() + " bytes left");
    }
    return (int) count;
  }

  byte rawByte() throws ProfileFormatException {
    if (at >= limit) {
      throw malformed("the end of an event or chunk within a value");
    }
    return bytes[at++];
  }

  void skip(long count) throws ProfileFormatException {
    if (count < 0 || count > remaining()) {
      throw malformed("a value of " + count + " bytes with " + remaining() + " left");
    }
    at += (int) count;
  }

  /** A big-endian number of {@code length} bytes. */
  long rawNumber(int length) throws ProfileFormatException {
    long number = 0;
    for (int index = 0; index < length; index++) {
      number = (number << 8) | (rawByte() & 0xFF);
    }
    return number;
  }

  /** Skips a text: an encoding and what that says. */
  void skipText() throws ProfileFormatException {
    byte encoding = rawByte();
    switch (encoding) {
      case TextEncoding.NULL, TextEncoding.EMPTY -> {}
      case TextEncoding.CONSTANT -> number();
      case TextEncoding.UTF8, TextEncoding.LATIN1 -> skip(number());
      case TextEncoding.CHARS -> skipNumbers(count());
      default -> throw malformed("text in an unknown encoding, " + encoding);
    }
  }

  /**
   * A text.
   *
   * @param constants where texts are that are kept in a pool; null if there is none
   * @return null for a null
   */
  @Nullable String text(@Nullable TextPool constants) throws ProfileFormatException {
    byte encoding = rawByte();
    return switch (encoding) {
      case TextEncoding.NULL -> null;
      case TextEncoding.EMPTY -> "";
      case TextEncoding.CONSTANT -> {
        long id = number();
        yield constants == null ? null : constants.text(id);
      }
      case TextEncoding.UTF8 -> encoded(StandardCharsets.UTF_8);
      case TextEncoding.LATIN1 -> encoded(StandardCharsets.ISO_8859_1);
      case TextEncoding.CHARS -> chars();
      default -> throw malformed("text in an unknown encoding, " + encoding);
    };
  }

  private String encoded(Charset charset) throws ProfileFormatException {
    int length = count();
    int from = at;
    skip(length);
    return new String(bytes, from, length, charset);
  }

  private String chars() throws ProfileFormatException {
    char[] chars = new char[count()];
    for (int index = 0; index < chars.length; index++) {
      chars[index] = (char) number();
    }
    return new String(chars);
  }

  /** An error at the next byte. */
  ProfileFormatException malformed(String found) {
    return malformed(found, offset());
  }

  /** An error at a place of the file. */
  static ProfileFormatException malformed(String found, long offset) {
    return new ProfileFormatException(
        "parsing recording: %s, at byte %d".formatted(found, offset), offset);
  }
}
