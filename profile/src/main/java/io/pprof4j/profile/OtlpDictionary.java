// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Strings and attributes of an OTLP payload, each once; number 0 is the empty one. */
final class OtlpDictionary {
  // opentelemetry-proto, common.proto, AnyValue: the number of the field that is set.
  private static final int TEXT = 1;
  private static final int BOOL = 2;
  private static final int INT = 3;

  private record Attribute(int key, int kind, long value, int unit) {}

  private final Map<String, Integer> strings = new LinkedHashMap<>();
  private final Map<Attribute, Integer> attributes = new LinkedHashMap<>();

  /** An empty dictionary. */
  OtlpDictionary() {
    strings.put("", 0);
  }

  /** The number of a string. */
  int string(String text) {
    Integer known = strings.putIfAbsent(text, strings.size());
    return known == null ? strings.size() - 1 : known;
  }

  /** The number of an attribute that is a text. */
  int text(String key, String text) {
    return attribute(new Attribute(string(key), TEXT, string(text), 0));
  }

  /** The number of an attribute that is a number. */
  int number(String key, long number, String unit) {
    return attribute(new Attribute(string(key), INT, number, string(unit)));
  }

  /** The number of an attribute that is true. */
  int yes(String key) {
    return attribute(new Attribute(string(key), BOOL, 1, 0));
  }

  private int attribute(Attribute attribute) {
    Integer known = attributes.putIfAbsent(attribute, attributes.size() + 1);
    return known == null ? attributes.size() : known;
  }

  /** Writes both tables (ProfilesDictionary, fields 5 and 6). */
  void writeTo(ProtoOutput out) {
    String[] texts = strings.keySet().toArray(String[]::new);
    for (String text : texts) {
      bytes(out, 5, text);
    }
    ProtoOutput message = new ProtoOutput();
    ProtoOutput value = new ProtoOutput();
    out.message(6, message);
    for (Attribute attribute : attributes.keySet()) {
      message.optional(1, attribute.key);
      if (attribute.kind == TEXT) {
        bytes(value, TEXT, texts[(int) attribute.value]);
      } else {
        value.field(attribute.kind, attribute.value);
      }
      message.message(2, value);
      message.optional(3, attribute.unit);
      out.message(6, message);
    }
  }

  /** Strings of proto3 are UTF-8: what is not becomes question marks. */
  private static void bytes(ProtoOutput out, int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.length(field, utf8.length);
    out.bytes(utf8, 0, utf8.length);
  }
}
