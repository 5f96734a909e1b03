// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request, read as Go's net/url does: a pair with a semicolon or a bad escape
 * is lost and the rest still counts; of several values the first one wins.
 */
final class Query {
  private final Map<String, String> first = new HashMap<>();

  private Query() {}

  /** Reads the part of a URL behind the question mark. */
  static Query parse(String raw) {
    Query query = new Query();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty() && pair.indexOf(';') < 0) {
        query.add(pair);
      }
    }
    return query;
  }

  private void add(String pair) {
    int equals = pair.indexOf('=');
    String key = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    Optional<String> decodedKey = decode(key.replace('+', ' '));
    Optional<String> decodedValue = decode(value.replace('+', ' '));
    if (decodedKey.isPresent() && decodedValue.isPresent()) {
      first.putIfAbsent(decodedKey.get(), decodedValue.get());
    }
  }

  /** A parameter's value; empty text if it is missing. */
  String get(String name) {
    return first.getOrDefault(name, "");
  }

  /** A parameter as a whole number, 0 if it is missing or none. */
  long number(String name) {
    return GoNumbers.atoi(get(name));
  }

  /** Replaces percent escapes; empty if one is malformed. */
  static Optional<String> decode(String text) {
    if (text.indexOf('%') < 0) {
      return Optional.of(text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] != '%') {
        decoded.write(bytes[at]);
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
    // Bytes that are no UTF-8 are no name or number of ours, and yet something was given.
    return Optional.of(decoded.toString(StandardCharsets.UTF_8));
  }
}
