// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.text;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.internal.Capacity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON (RFC 8259): objects become maps, arrays of numbers {@code double[]}, other arrays
 * lists, numbers doubles.
 */
final class Json {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Parses a whole text.
   *
   * @throws ProfileFormatException if it is not JSON, with the offset in characters
   */
  static @Nullable Object parse(String text) throws ProfileFormatException {
    Json json = new Json(text);
    Object value = json.value();
    if (json.peek() != 0) {
      throw json.unexpected("the end");
    }
    return value;
  }

  private @Nullable Object value() throws ProfileFormatException {
    char c = peek();
    return switch (c) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() throws ProfileFormatException {
    enter();
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (char c = peek(); c != '}'; c = separator('}')) {
      if (peek() != '"') {
        throw unexpected("a name");
      }
      String name = string();
      expect(':');
      object.put(name, value());
    }
    leave();
    return object;
  }

  private Object array() throws ProfileFormatException {
    enter();
    char first = peek();
    if (first == '-' || (first >= '0' && first <= '9')) {
      return numbers();
    }
    List<@Nullable Object> array = new ArrayList<>();
    for (char c = first; c != ']'; c = separator(']')) {
      array.add(value());
    }
    leave();
    return array;
  }

  /** An array that starts with a number must hold nothing else. */
  private double[] numbers() throws ProfileFormatException {
    double[] numbers = new double[8];
    int size = 0;
    for (char c = peek(); c != ']'; c = separator(']')) {
      if (size == numbers.length) {
        numbers = java.util.Arrays.copyOf(numbers, Capacity.grow(size, size + 1L));
      }
      numbers[size++] = number();
    }
    leave();
    return java.util.Arrays.copyOf(numbers, size);
  }

  private void enter() throws ProfileFormatException {
    if (++depth > MAX_DEPTH) {
      throw unexpected("less than " + MAX_DEPTH + " levels");
    }
    at++;
  }

  private void leave() {
    depth--;
    at++;
  }

  /** Passes a comma, after which there must be a value; returns the next character. */
  private char separator(char end) throws ProfileFormatException {
    char c = peek();
    if (c == end) {
      return c;
    }
    expect(',');
    if (peek() == end) {
      throw unexpected("a value");
    }
    return peek();
  }

  private void expect(char wanted) throws ProfileFormatException {
    if (peek() != wanted) {
      throw unexpected("'" + wanted + "'");
    }
    at++;
  }

  /** The next character that is no white space; 0 at the end. */
  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private @Nullable Object word(String word, @Nullable Object value) throws ProfileFormatException {
    if (!text.startsWith(word, at)) {
      throw unexpected("a value");
    }
    at += word.length();
    return value;
  }

  private double number() throws ProfileFormatException {
    peek();
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.parseDouble(text.substring(from, at));
    } catch (NumberFormatException malformed) {
      at = from;
      throw unexpected("a value");
    }
  }

  private String string() throws ProfileFormatException {
    StringBuilder string = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return string.toString();
      }
      string.append(c == '\\' ? escape() : c);
    }
    throw unexpected("the end of a string");
  }

  private char escape() throws ProfileFormatException {
    char c = at < text.length() ? text.charAt(at++) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw unexpected("an escape");
    };
  }

  private char unicode() throws ProfileFormatException {
    try {
      String digits = text.substring(at, at + 4);
      char c = (char) Integer.parseInt(digits, 16);
      at += 4;
      return c;
    } catch (IndexOutOfBoundsException | NumberFormatException malformed) {
      throw unexpected("four hexadecimal digits");
    }
  }

  private ProfileFormatException unexpected(String wanted) {
    return new ProfileFormatException(
        "parsing profile: JSON: %s expected at character %d".formatted(wanted, at), at);
  }

  /** A text as a JSON string, in quotes. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int index = 0; index < text.length(); index++) {
      char c = text.charAt(index);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
