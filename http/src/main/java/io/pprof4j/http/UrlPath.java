// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Brings the path of a request into its one short form, as Go's ServeMux does. */
final class UrlPath {
  private static final String PLAIN = "-._~/$&+,:;=@!*'()";

  private UrlPath() {}

  /** Resolves {@code .}, {@code ..} and double slashes; a slash at the end stays. */
  static String clean(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    String clean = "/" + String.join("/", parts);
    return path.endsWith("/") && clean.length() > 1 ? clean + "/" : clean;
  }

  /** Percent-encodes what may not stand in the path of a URL. */
  static String encode(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte unit : path.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (unit & 0xff);
      if (character < 128
          && (Character.isLetterOrDigit(character) || PLAIN.indexOf(character) >= 0)) {
        encoded.append(character);
      } else {
        encoded.append('%').append("%02X".formatted(unit & 0xff));
      }
    }
    return encoded.toString();
  }
}
