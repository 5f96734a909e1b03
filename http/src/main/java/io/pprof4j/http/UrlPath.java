// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

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

  /**
   * What a path has below a mount point, decoded: empty for the mount point itself, else with the
   * slash that follows it. Nothing if the path leads elsewhere: an encoded slash separates nothing.
   *
   * @param path a path as it stands in a request, with well-formed escapes
   */
  static Optional<String> below(String mount, String path) {
    int end = 0;
    for (int slashes = (int) mount.chars().filter(unit -> unit == '/').count(); slashes > 0; ) {
      end = path.indexOf('/', end) + 1;
      if (end == 0) {
        return Optional.empty();
      }
      slashes--;
    }
    int next = path.indexOf('/', end);
    int split = next < 0 ? path.length() : next;
    boolean isBelow = Query.decode(path.substring(0, split)).filter(mount::equals).isPresent();
    return isBelow ? Query.decode(path.substring(split)) : Optional.empty();
  }

  /** Percent-encodes a name for use in the path of a URL. */
  static String encode(String name) {
    return encode(name, PLAIN);
  }

  /** Percent-encodes what may not stand in a path, in one that has escapes already. */
  static String tidy(String path) {
    return encode(path, PLAIN + "%");
  }

  /** A reference to something in the same folder; a colon in a name begins no scheme. */
  static String relative(String name) {
    int slash = name.indexOf('/');
    int colon = name.indexOf(':');
    return (colon >= 0 && (slash < 0 || colon < slash) ? "./" : "") + encode(name);
  }

  private static String encode(String path, String plain) {
    StringBuilder encoded = new StringBuilder();
    for (byte unit : path.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (unit & 0xff);
      if (character < 128
          && (Character.isLetterOrDigit(character) || plain.indexOf(character) >= 0)) {
        encoded.append(character);
      } else {
        encoded.append("%%%02X".formatted(unit & 0xff));
      }
    }
    return encoded.toString();
  }

  /** A query fit for a header; a server gives the bytes of a request as characters. */
  static String ascii(String query) {
    StringBuilder ascii = new StringBuilder();
    for (int at = 0; at < query.length(); at++) {
      char character = query.charAt(at);
      if (character > ' ' && character < 0x7f) {
        ascii.append(character);
      } else {
        ascii.append(
            character <= 0xff
                ? "%%%02X".formatted((int) character)
                : encode(String.valueOf(character), ""));
      }
    }
    return ascii.toString();
  }
}
