// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.nio.charset.StandardCharsets;

/** The encoding of text in class files (JVM Specification, section 4.4.7). */
final class ModifiedUtf8 {
  private ModifiedUtf8() {}

  /** Decodes; what is malformed becomes U+FFFD, since names are only shown. */
  static String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    // Characters beyond the basic plane are two surrogates of three bytes each, and NUL is C0 80:
    // neither is UTF-8.
    StringBuilder decoded = new StringBuilder(bytes.length);
    for (int at = 0; at < bytes.length; ) {
      int first = bytes[at];
      int length = first >= 0 ? 1 : (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : 0;
      if (length == 0 || at + length > bytes.length) {
        decoded.append('\uFFFD');
        at++;
        continue;
      }
      int value = length == 1 ? first : first & (0xff >> (length + 1));
      for (int next = 1; next < length; next++) {
        value = (value << 6) | (bytes[at + next] & 0x3f);
      }
      decoded.append((char) value);
      at += length;
    }
    return decoded.toString();
  }
}
