// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

/** Writes JSON (RFC 8259) in order, without a model of it. */
public final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder();
  private boolean first = true;

  /** Begins an object or, by {@code [}, an array. */
  public JsonWriter begin(char bracket) {
    separate();
    out.append(bracket);
    first = true;
    return this;
  }

  /** Ends an object or array. */
  public JsonWriter end(char bracket) {
    out.append(bracket);
    first = false;
    return this;
  }

  private void separate() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  /** Writes the name of the next value. */
  public JsonWriter name(String name) {
    separate();
    quote(name);
    out.append(':');
    first = true;
    return this;
  }

  /** Writes a whole number. */
  public JsonWriter value(long number) {
    separate();
    out.append(number);
    return this;
  }

  /** Writes a number; what JSON has no number for becomes null. */
  public JsonWriter value(double number) {
    separate();
    out.append(Double.isFinite(number) ? plain(number) : "null");
    return this;
  }

  /** The way Go's encoding/json writes numbers: no exponent between 1e-6 and 1e21. */
  private static String plain(double number) {
    double size = Math.abs(number);
    if (number == 0) {
      return "0";
    }
    String text =
        new java.math.BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    return size >= 1e-6 && size < 1e21 ? text : Double.toString(number).replace('E', 'e');
  }

  /** Writes text. */
  public JsonWriter value(String text) {
    separate();
    quote(text);
    return this;
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == '<' || c == '>' || c == '&') {
            out.append("\\u00").append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
