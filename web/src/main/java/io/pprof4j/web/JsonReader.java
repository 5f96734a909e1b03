// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.ReportException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON (RFC 8259) into maps, lists, strings, numbers, booleans and null. */
final class JsonReader {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Reads one value. Whole numbers are {@link Long}, others {@link Double}.
   *
   * @throws ReportException if the text is no JSON
   */
  static Object read(String text) throws ReportException {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value(0);
    reader.blanks();
    if (reader.at < text.length() || value == null) {
      throw reader.mistake("the end");
    }
    return value;
  }

  private ReportException mistake(String expected) {
    return new ReportException(
        "could not parse settings: expected " + expected + " at character " + at);
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws ReportException {
    blanks();
    if (at >= text.length()) {
      throw mistake("more");
    }
    return text.charAt(at);
  }

  private void expect(char c) throws ReportException {
    if (peek() != c) {
      throw mistake("'" + c + "'");
    }
    at++;
  }

  private @Nullable Object value(int depth) throws ReportException {
    if (depth > MAX_DEPTH) {
      throw mistake("less nesting");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private @Nullable Object word(String word, @Nullable Object meaning) throws ReportException {
    if (!text.startsWith(word, at)) {
      throw mistake(word);
    }
    at += word.length();
    return meaning;
  }

  private Map<String, Object> object(int depth) throws ReportException {
    Map<String, Object> object = new LinkedHashMap<>();
    expect('{');
    while (peek() != '}') {
      if (!object.isEmpty()) {
        expect(',');
      }
      peek();
      String key = string();
      expect(':');
      Object value = value(depth + 1);
      if (value != null) {
        object.put(key, value);
      }
    }
    at++;
    return object;
  }

  private List<Object> array(int depth) throws ReportException {
    List<Object> array = new ArrayList<>();
    expect('[');
    while (peek() != ']') {
      if (!array.isEmpty()) {
        expect(',');
      }
      Object value = value(depth + 1);
      if (value != null) {
        array.add(value);
      }
    }
    at++;
    return array;
  }

  private String string() throws ReportException {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      value.append(c == '\\' ? escaped() : c);
    }
    if (at >= text.length()) {
      throw mistake("the end of a string");
    }
    at++;
    return value.toString();
  }

  private char escaped() throws ReportException {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw mistake("an escape");
    };
  }

  private char unicode() throws ReportException {
    int value = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw mistake("a hexadecimal digit");
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  private Object number() throws ReportException {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    try {
      return digits.matches("-?[0-9]{1,18}")
          ? (Object) Long.valueOf(digits)
          : (Object) Double.valueOf(digits);
    } catch (NumberFormatException none) {
      throw mistake("a value");
    }
  }
}
