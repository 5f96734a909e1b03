// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the protobuf wire format from a stream, one top-level field at a time, through a window
 * that grows only as data really arrives.
 */
final class ProtoInput {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final int MAX_VARINT = 10;

  private final InputStream in;
  private byte[] window;
  private int filled;
  private int at;

  /** End of the message being read, an index in the window. */
  private int limit;

  /** Offset in the input of window[0]. */
  private long base;

  private int wireType;

  ProtoInput(InputStream in) {
    this.in = in;
    window = new byte[1 << 17];
  }

  /** An input without bytes, until {@link #reset}. */
  ProtoInput() {
    in = InputStream.nullInputStream();
    window = new byte[0];
  }

  /** Goes on with a message in memory, whose end is at an offset of some input. */
  void reset(byte[] bytes, int from, int to, long offsetOfEnd) {
    window = bytes;
    filled = to;
    at = from;
    limit = to;
    base = offsetOfEnd - to;
  }

  /** Offset in the input of the next byte. */
  long offset() {
    return base + at;
  }

  /** The window; valid between {@link #position} and the end of the current message. */
  byte[] window() {
    return window;
  }

  int position() {
    return at;
  }

  /** Wire type of the last tag. */
  int wireType() {
    return wireType;
  }

  /**
   * Starts the next field of the top-level message. Bytes fields are wholly in the window
   * afterwards.
   *
   * @return the field number, or -1 at the end of the input
   */
  int nextTopLevel() throws IOException {
    fill(2 * MAX_VARINT);
    limit = filled;
    if (at == limit) {
      return -1;
    }
    return tag();
  }

  /** Starts the next field of a nested message; -1 at its end. */
  int next() throws MalformedProtoException {
    return at == limit ? -1 : tag();
  }

  private int tag() throws MalformedProtoException {
    long tag = varint();
    wireType = (int) tag & 7;
    long field = tag >>> 3;
    return field > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) field;
  }

  /** Reads a length and makes that many bytes available at the top level. */
  int topLevelLength() throws IOException {
    long length = varint();
    if (length < 0 || length > Integer.MAX_VALUE - 16) {
      throw malformed("length " + Long.toUnsignedString(length) + " is too large");
    }
    fill((int) length);
    if (filled - at < length) {
      throw malformed("length " + length + " exceeds the " + (filled - at) + " bytes left");
    }
    return (int) length;
  }

  /** Reads the length of a field of a nested message. */
  int length() throws MalformedProtoException {
    long length = varint();
    if (length < 0 || length > limit - at) {
      throw malformed(
          "length "
              + Long.toUnsignedString(length)
              + " exceeds the "
              + (limit - at)
              + " bytes left");
    }
    return (int) length;
  }

  /** Narrows reading to the next {@code length} bytes; returns the limit to restore. */
  int push(int length) {
    int outer = limit;
    limit = at + length;
    return outer;
  }

  void pop(int outer) {
    at = limit;
    limit = outer;
  }

  boolean more() {
    return at < limit;
  }

  void skipBytes(int length) {
    at += length;
  }

  /** Goes to a position within the current message. */
  void moveTo(int position) {
    at = position;
  }

  /** Reads a varint of a field that must be one. */
  long varintField() throws MalformedProtoException {
    if (wireType != VARINT) {
      throw malformed("wire type " + wireType + " where a varint was expected");
    }
    return varint();
  }

  void requireBytes() throws MalformedProtoException {
    if (wireType != BYTES) {
      throw malformed("wire type " + wireType + " where bytes were expected");
    }
  }

  long varint() throws MalformedProtoException {
    if (at < limit && window[at] >= 0) {
      return window[at++];
    }
    long value = 0;
    for (int shift = 0; shift < 7 * MAX_VARINT; shift += 7) {
      if (at == limit) {
        throw malformed("the input ends within a varint");
      }
      byte next = window[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("varint longer than " + MAX_VARINT + " bytes");
  }

  /** How many bytes of the message are left. */
  int left() {
    return limit - at;
  }

  /** Passes over a field of no interest of the top-level message. */
  void skipTopLevel() throws IOException {
    if (wireType == BYTES) {
      skipBytes(topLevelLength());
    } else {
      skip();
    }
  }

  /** Passes over a field of no interest of a nested message. */
  void skip() throws MalformedProtoException {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> skipFixed(8);
      case FIXED32 -> skipFixed(4);
      case BYTES -> skipBytes(length());
      default -> throw malformed("unknown wire type: " + wireType);
    }
  }

  private void skipFixed(int bytes) throws MalformedProtoException {
    if (limit - at < bytes) {
      throw malformed("a fixed field of " + bytes + " bytes has " + (limit - at));
    }
    at += bytes;
  }

  MalformedProtoException malformed(String problem) {
    return new MalformedProtoException(problem, offset());
  }

  /** Makes {@code count} bytes available from {@code at} on, or all that is left. */
  private void fill(int count) throws IOException {
    if (filled - at >= count) {
      return;
    }
    if (at > 0) {
      System.arraycopy(window, at, window, 0, filled - at);
      base += at;
      filled -= at;
      at = 0;
    }
    while (filled < count) {
      if (filled == window.length) {
        window = Arrays.copyOf(window, Capacity.grow(filled, filled + 1L + (filled >> 1)));
      }
      int read = in.read(window, filled, window.length - filled);
      if (read < 0) {
        return;
      }
      filled += read;
    }
  }
}
