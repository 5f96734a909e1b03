// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Numbers of HTTP/2's framing (RFC 9113, 6 and 7), and a buffer that frames are written into. */
final class Http2Frames {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;
  static final int PRIORITY = 0x20;

  static final int SETTING_HEADER_TABLE_SIZE = 1;
  static final int SETTING_ENABLE_PUSH = 2;
  static final int SETTING_MAX_CONCURRENT_STREAMS = 3;
  static final int SETTING_INITIAL_WINDOW_SIZE = 4;
  static final int SETTING_MAX_FRAME_SIZE = 5;

  static final int REFUSED_STREAM = 7;
  static final int CANCEL = 8;

  static final int FRAME_HEAD_BYTES = 9;
  static final int DEFAULT_FRAME_BYTES = 16384;
  static final int DEFAULT_WINDOW = 65535;

  private static final String[] ERRORS = {
    "NO_ERROR",
    "PROTOCOL_ERROR",
    "INTERNAL_ERROR",
    "FLOW_CONTROL_ERROR",
    "SETTINGS_TIMEOUT",
    "STREAM_CLOSED",
    "FRAME_SIZE_ERROR",
    "REFUSED_STREAM",
    "CANCEL",
    "COMPRESSION_ERROR",
    "CONNECT_ERROR",
    "ENHANCE_YOUR_CALM",
    "INADEQUATE_SECURITY",
    "HTTP_1_1_REQUIRED"
  };

  private ByteBuffer out = ByteBuffer.allocateDirect(64 * 1024);

  static String errorName(int code) {
    return code >= 0 && code < ERRORS.length ? ERRORS[code] : "unknown error code " + code;
  }

  /** What was written and not taken yet, in write mode. */
  ByteBuffer buffer() {
    return out;
  }

  boolean isEmpty() {
    return out.position() == 0;
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int capacity = Math.max(2 * out.capacity(), out.position() + bytes);
      out = ByteBuffer.allocateDirect(capacity).put(out.flip());
    }
    return out;
  }

  void preface() {
    byte[] bytes = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    room(bytes.length).put(bytes);
  }

  private ByteBuffer head(int length, int type, int flags, int stream) {
    return room(FRAME_HEAD_BYTES + length)
        .put((byte) (length >>> 16))
        .putShort((short) length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream);
  }

  void frame(int type, int flags, int stream, byte[] payload, int offset, int length) {
    head(length, type, flags, stream).put(payload, offset, length);
  }

  /** Settings, given as number, value, number, value. */
  void settings(int... pairs) {
    ByteBuffer frame = head(pairs.length * 3, SETTINGS, 0, 0);
    for (int i = 0; i < pairs.length; i += 2) {
      frame.putShort((short) pairs[i]).putInt(pairs[i + 1]);
    }
  }

  void settingsAck() {
    head(0, SETTINGS, ACK, 0);
  }

  void windowUpdate(int stream, int increment) {
    head(4, WINDOW_UPDATE, 0, stream).putInt(increment);
  }

  void reset(int stream, int error) {
    head(4, RST_STREAM, 0, stream).putInt(error);
  }
}
