// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.nio.ByteBuffer;

/**
 * Room for one record in each direction. All connections of a loop share it, but for TLS inside
 * TLS, where the inner record lies in the buffer of the outer one.
 */
final class TlsBuffers {
  /** A TLS record has at most 2^14 bytes and some overhead (RFC 8446, 5.2). */
  private static final int RECORD_BYTES = 18 * 1024;

  private final byte[] plainBytes = new byte[RECORD_BYTES];
  private final ByteBuffer plain = ByteBuffer.wrap(plainBytes);
  private final ByteBuffer encrypted = ByteBuffer.allocate(RECORD_BYTES);

  /** For what was received. */
  ByteBuffer plain() {
    return plain;
  }

  /** What lies behind {@link #plain}. */
  byte[] plainBytes() {
    return plainBytes;
  }

  /** For what is to be sent. */
  ByteBuffer encrypted() {
    return encrypted;
  }
}
