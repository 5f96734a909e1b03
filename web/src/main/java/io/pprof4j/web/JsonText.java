// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes JSON with two blanks of indentation, as Go's {@code json.MarshalIndent} does. */
final class JsonText {
  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  /** Writes maps, lists, strings, numbers and booleans. */
  static String indented(Object value) {
    JsonText text = new JsonText();
    text.value(value, "\n");
    return text.out.toString();
  }

  private void value(Object value, String line) {
    if (value instanceof Map<?, ?> object) {
      items('{', object.entrySet().iterator(), '}', line);
    } else if (value instanceof List<?> array) {
      items('[', array.iterator(), ']', line);
    } else if (value instanceof String string) {
      out.append(Markup.json(string));
    } else if (value instanceof Double number && number == Math.rint(number)) {
      out.append(number.longValue());
    } else {
      out.append(value);
    }
  }

  private void items(char open, Iterator<?> items, char close, String line) {
    out.append(open);
    boolean any = items.hasNext();
    while (items.hasNext()) {
      Object item = items.next();
      out.append(line).append("  ");
      if (item instanceof Map.Entry<?, ?> entry) {
        out.append(Markup.json(String.valueOf(entry.getKey()))).append(": ");
        value(entry.getValue(), line + "  ");
      } else {
        value(item, line + "  ");
      }
      out.append(items.hasNext() ? "," : "");
    }
    out.append(any ? line : "").append(close);
  }
}
