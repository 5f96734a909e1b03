// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import io.pprof4j.flags.FlagValueException;
import io.pprof4j.flags.GoNumbers;
import java.util.ArrayList;
import java.util.List;

/** The words inside one action of a template, and the expressions they form. */
final class TemplateWords {
  private final List<String> words = new ArrayList<>();
  private int at;

  TemplateWords(String action) {
    int i = 0;
    while (i < action.length()) {
      char c = action.charAt(i);
      int end = i + 1;
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      }
      if (c == '"' || c == '`') {
        end = quoteEnd(action, i);
      } else if (action.startsWith(":=", i)) {
        end = i + 2;
      } else if ("()|,=".indexOf(c) < 0) {
        while (end < action.length() && !isDelimiter(action, end)) {
          end++;
        }
      }
      words.add(action.substring(i, end));
      i = end;
    }
  }

  private static boolean isDelimiter(String action, int index) {
    char c = action.charAt(index);
    return Character.isWhitespace(c)
        || "()|,=\"`".indexOf(c) >= 0
        || action.startsWith(":=", index);
  }

  private static int quoteEnd(String action, int open) {
    char quote = action.charAt(open);
    for (int i = open + 1; i < action.length(); i++) {
      if (action.charAt(i) == '\\' && quote == '"') {
        i++;
      } else if (action.charAt(i) == quote) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException("template: unterminated quoted string");
  }

  private String peek() {
    return at < words.size() ? words.get(at) : "";
  }

  /** Takes the next word if it is that one. */
  boolean accept(String word) {
    if (peek().equals(word)) {
      at++;
      return true;
    }
    return false;
  }

  /** The variable before {@code :=} or {@code =}, or nothing. */
  String assignedVariable() {
    boolean assigns =
        peek().startsWith("$")
            && at + 1 < words.size()
            && (words.get(at + 1).equals(":=") || words.get(at + 1).equals("="));
    if (!assigns) {
      return "";
    }
    at += 2;
    return words.get(at - 2);
  }

  /** The one or two variables of a range. */
  List<String> rangeVariables() {
    int assign = words.indexOf(":=");
    if (assign < 0) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (String word : words.subList(at, assign)) {
      if (!word.equals(",")) {
        names.add(word);
      }
    }
    at = assign + 1;
    return names;
  }

  /** Commands joined by bars; the value of each is the last argument of the next. */
  TemplateExpression pipeline() {
    TemplateExpression value = command(List.of());
    while (accept("|")) {
      value = command(List.of(value));
    }
    if (at < words.size() && !peek().equals(")")) {
      throw new IllegalArgumentException("template: unexpected " + peek());
    }
    return value;
  }

  private TemplateExpression command(List<TemplateExpression> last) {
    if (!TemplateFunctions.exists(peek())) {
      if (!last.isEmpty()) {
        throw new IllegalArgumentException("template: no function: " + peek());
      }
      return operand();
    }
    String function = words.get(at++);
    List<TemplateExpression> arguments = new ArrayList<>();
    while (at < words.size() && !peek().equals("|") && !peek().equals(")")) {
      arguments.add(operand());
    }
    arguments.addAll(last);
    return new TemplateExpression.Call(function, arguments);
  }

  private TemplateExpression operand() {
    String word = peek();
    at++;
    if (word.equals("(")) {
      TemplateExpression inner = pipeline();
      if (!accept(")")) {
        throw new IllegalArgumentException("template: unclosed left paren");
      }
      return inner;
    }
    if (word.startsWith(".") || word.startsWith("$")) {
      return fields(word);
    }
    if (word.startsWith("\"") || word.startsWith("`")) {
      return new TemplateExpression.Literal(unquote(word));
    }
    if (word.equals("true") || word.equals("false")) {
      return new TemplateExpression.Literal(Boolean.valueOf(word));
    }
    if (TemplateFunctions.exists(word)) {
      return new TemplateExpression.Call(word, List.of());
    }
    return number(word);
  }

  private static TemplateExpression fields(String word) {
    String[] parts = word.split("\\.", -1);
    TemplateExpression value = new TemplateExpression.Variable(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      if (!parts[i].isEmpty()) {
        value = new TemplateExpression.Field(value, parts[i]);
      }
    }
    return value;
  }

  private static TemplateExpression number(String word) {
    try {
      return new TemplateExpression.Literal(GoNumbers.parseInt(word));
    } catch (FlagValueException notWhole) {
      try {
        return new TemplateExpression.Literal(GoNumbers.parseFloat(word));
      } catch (FlagValueException e) {
        throw new IllegalArgumentException(
            word.isEmpty()
                ? "template: missing value for command"
                : "template: function \"" + word + "\" not defined",
            e);
      }
    }
  }

  private static String unquote(String word) {
    String inner = word.substring(1, word.length() - 1);
    if (word.startsWith("`")) {
      return inner;
    }
    try {
      return inner.translateEscapes();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("template: bad string " + word, e);
    }
  }
}
