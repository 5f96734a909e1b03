// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JVM's own encoding of names (JNI specification, "Modified UTF-8 Strings"). */
final class ModifiedUtf8 {
  private ModifiedUtf8() {}

  /** Decodes a name; names are at most 65535 bytes long. */
  static String decode(byte[] name) {
    for (byte b : name) {
      if (b < 0) {
        return decodeSlowly(name);
      }
    }
    return new String(name, StandardCharsets.US_ASCII);
  }

  /** DataInput knows the encoding, with two bytes of length in front. */
  private static String decodeSlowly(byte[] name) {
    byte[] framed = new byte[name.length + 2];
    framed[0] = (byte) (name.length >> 8);
    framed[1] = (byte) name.length;
    System.arraycopy(name, 0, framed, 2, name.length);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(framed))) {
      return in.readUTF();
    } catch (IOException e) {
      throw new UncheckedIOException("not a name of a JVM", e);
    }
  }
}
