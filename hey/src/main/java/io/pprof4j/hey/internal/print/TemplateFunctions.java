// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import io.pprof4j.flags.GoNumbers;
import io.pprof4j.flags.GoQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The functions that templates may call. */
final class TemplateFunctions {
  private static final Set<String> NAMES =
      Set.of(
          "formatNumber",
          "formatNumberInt",
          "histogram",
          "jsonify",
          "len",
          "index",
          "print",
          "println",
          "printf",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "and",
          "or",
          "not");

  private TemplateFunctions() {}

  static boolean exists(String name) {
    return NAMES.contains(name);
  }

  static Object call(String name, List<Object> arguments) {
    if (arguments.isEmpty() && !name.startsWith("print")) {
      throw new IllegalArgumentException("template: wrong number of args for " + name);
    }
    return switch (name) {
      case "formatNumber" -> Numbers.fixed4(number(arguments.get(0)));
      case "formatNumberInt" -> Long.toString((long) number(arguments.get(0)));
      case "histogram" -> histogram(arguments.get(0));
      case "jsonify" -> ReportFields.json(arguments.get(0));
      case "len" -> length(arguments.get(0));
      case "index" -> index(arguments);
      case "print" -> joined(arguments, "");
      case "println" -> joined(arguments, " ") + "\n";
      case "printf" -> printf(arguments);
      case "not" -> !isTrue(arguments.get(0));
      case "and" -> first(arguments, false);
      case "or" -> first(arguments, true);
      default -> compare(name, arguments);
    };
  }

  private static double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("template: expected a number, got " + text(value));
  }

  private static String histogram(Object rows) {
    List<Bucket> buckets = new ArrayList<>();
    if (rows instanceof List<?> list) {
      for (Object row : list) {
        if (row instanceof Map<?, ?> fields
            && fields.get("Mark") instanceof Double mark
            && fields.get("Count") instanceof Long count) {
          buckets.add(new Bucket(mark, count, 0));
        }
      }
    }
    return Bucket.bars(buckets);
  }

  private static long length(Object value) {
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof String text) {
      return text.length();
    }
    throw new IllegalArgumentException("template: len of " + text(value));
  }

  private static Object index(List<Object> arguments) {
    Object value = arguments.get(0);
    for (Object key : arguments.subList(1, arguments.size())) {
      if (value instanceof List<?> list) {
        int at = (int) number(key);
        if (at < 0 || at >= list.size()) {
          throw new IllegalArgumentException("template: index out of range: " + at);
        }
        value = list.get(at);
      } else {
        Object found = value instanceof Map<?, ?> map ? map.get(text(key)) : null;
        value = found == null ? 0L : found;
      }
    }
    return value;
  }

  private static String joined(List<Object> values, String separator) {
    StringBuilder out = new StringBuilder();
    for (Object value : values) {
      out.append(out.length() > 0 ? separator : "").append(text(value));
    }
    return out.toString();
  }

  /** The verbs d, s, v, q, f, e, g with flags, width and precision. */
  private static String printf(List<Object> arguments) {
    String format = arguments.isEmpty() ? "" : text(arguments.get(0));
    StringBuilder out = new StringBuilder();
    int next = 1;
    for (int at = 0; at < format.length(); at++) {
      char c = format.charAt(at);
      if (c != '%') {
        out.append(c);
        continue;
      }
      int start = at++;
      while (at < format.length() && "+-# 0123456789.".indexOf(format.charAt(at)) >= 0) {
        at++;
      }
      char verb = at < format.length() ? format.charAt(at) : '!';
      if (verb == '%') {
        out.append('%');
      } else if (next < arguments.size()) {
        out.append(formatted(format.substring(start, at), verb, arguments.get(next++)));
      } else {
        throw new IllegalArgumentException("template: printf: too few arguments");
      }
    }
    return out.toString();
  }

  private static String formatted(String flags, char verb, Object value) {
    return switch (verb) {
      case 'd' -> String.format(Locale.ROOT, flags + "d", (long) number(value));
      case 'f', 'e', 'g' -> String.format(Locale.ROOT, flags + verb, number(value));
      case 's', 'v' -> String.format(Locale.ROOT, flags.replace("0", "") + "s", text(value));
      case 'q' -> GoQuote.quote(text(value));
      default -> throw new IllegalArgumentException("template: printf: unsupported verb " + verb);
    };
  }

  private static Object first(List<Object> values, boolean truth) {
    for (Object value : values) {
      if (isTrue(value) == truth) {
        return value;
      }
    }
    return values.get(values.size() - 1);
  }

  private static boolean compare(String name, List<Object> arguments) {
    if (arguments.size() < 2) {
      throw new IllegalArgumentException("template: missing argument for comparison " + name);
    }
    Object left = arguments.get(0);
    Object right = arguments.get(1);
    int order =
        left instanceof Number && right instanceof Number
            ? Double.compare(number(left), number(right))
            : text(left).compareTo(text(right));
    return switch (name) {
      case "eq" -> order == 0;
      case "ne" -> order != 0;
      case "lt" -> order < 0;
      case "le" -> order <= 0;
      case "gt" -> order > 0;
      default -> order >= 0;
    };
  }

  /** What Go takes for true: not false, not zero, not empty. */
  static boolean isTrue(Object value) {
    if (value instanceof Boolean bool) {
      return bool;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    return length(value) > 0;
  }

  /** How Go prints a value. */
  static String text(Object value) {
    if (value instanceof Double number) {
      return GoNumbers.formatFloat(number);
    }
    if (value instanceof List<?> list) {
      StringBuilder out = new StringBuilder("[");
      for (Object element : list) {
        out.append(out.length() > 1 ? " " : "").append(text(element));
      }
      return out.append(']').toString();
    }
    if (value instanceof Map<?, ?> map) {
      StringBuilder out = new StringBuilder("map[");
      map.forEach(
          (key, entry) ->
              out.append(out.length() > 4 ? " " : "").append(key).append(':').append(text(entry)));
      return out.append(']').toString();
    }
    return value.toString();
  }
}
