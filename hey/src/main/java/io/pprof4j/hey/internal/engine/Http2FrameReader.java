// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.IOException;

/** The payload of one frame, read from front to back; every access is checked. */
final class Http2FrameReader {
  private final byte[] bytes;
  private final int wholeLength;
  private final int type;
  private final int flags;
  private final int stream;
  private int offset;
  private int length;

  Http2FrameReader(byte[] bytes, int offset, int length, int type, int flags, int stream) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.wholeLength = length;
    this.type = type;
    this.flags = flags;
    this.stream = stream & Integer.MAX_VALUE;
  }

  int type() {
    return type;
  }

  int stream() {
    return stream;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  /** How many bytes are left. */
  int length() {
    return length;
  }

  /** How many bytes the payload has in all; padding counts for flow control. */
  int wholeLength() {
    return wholeLength;
  }

  void skip(int count) throws IOException {
    if (count > length) {
      throw new IOException("http2: frame ends early");
    }
    offset += count;
    length -= count;
  }

  /** Removes the padding of a frame that has some. */
  void unpad() throws IOException {
    if (has(Http2Frames.PADDED)) {
      skip(1);
      int padding = bytes[offset - 1] & 0xff;
      if (padding > length) {
        throw new IOException("http2: more padding than payload");
      }
      length -= padding;
    }
  }

  int int16() throws IOException {
    skip(2);
    return (bytes[offset - 2] & 0xff) << 8 | (bytes[offset - 1] & 0xff);
  }

  int int32() throws IOException {
    int high = int16();
    return high << 16 | int16();
  }
}
