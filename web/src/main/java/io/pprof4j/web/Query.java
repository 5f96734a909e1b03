// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a URL, read as Go's net/url does: a pair with a semicolon or a bad escape is
 * lost and the rest still counts; of several values the first one wins. Immutable.
 */
final class Query {
  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /** Reads the part of a URL behind the question mark. */
  static Query parse(String raw) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      Optional<String> key = decode(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
      if (!pair.isEmpty() && pair.indexOf(';') < 0 && key.isPresent() && value.isPresent()) {
        values.putIfAbsent(key.get(), value.get());
      }
    }
    return new Query(values);
  }

  /** A parameter's value; empty if it is missing. */
  String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** A copy in which a parameter has another value; an empty value removes it. */
  Query with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    if (value.isEmpty()) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Query(changed);
  }

  /** A copy without a parameter. */
  Query without(String name) {
    return with(name, "");
  }

  /** The parameters as a link has them: a question mark and pairs; just that mark if none. */
  String link() {
    StringBuilder link = new StringBuilder("?");
    values.forEach(
        (name, value) ->
            link.append(link.length() > 1 ? "&" : "")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return link.toString();
  }

  /** Replaces percent escapes and plus signs; empty if an escape is malformed. */
  static Optional<String> decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] != '%') {
        decoded.write(bytes[at] == '+' ? ' ' : bytes[at]);
        continue;
      }
      int high = at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
      int low = at + 2 < bytes.length ? Character.digit(bytes[at + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      decoded.write(high << 4 | low);
      at += 2;
    }
    return Optional.of(decoded.toString(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return link();
  }
}
