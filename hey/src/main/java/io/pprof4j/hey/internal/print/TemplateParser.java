// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import java.util.ArrayList;
import java.util.List;

/** Reads templates. */
final class TemplateParser {
  /** The words of one action, and whether blanks around it are dropped. */
  private record Token(String text, boolean isAction) {}

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private String ending = "";

  TemplateParser(String source) {
    this.source = source;
  }

  List<TemplateNode> parse() {
    split();
    List<TemplateNode> nodes = nodes();
    if (!ending.isEmpty()) {
      throw new IllegalArgumentException("template: unexpected {{" + ending + "}}");
    }
    return nodes;
  }

  private void split() {
    int from = 0;
    boolean trimLeft = false;
    while (true) {
      int open = source.indexOf("{{", from);
      String text = open < 0 ? source.substring(from) : source.substring(from, open);
      boolean trimRight = open >= 0 && source.startsWith("{{- ", open);
      text = trimLeft ? text.stripLeading() : text;
      tokens.add(new Token(trimRight ? text.stripTrailing() : text, false));
      if (open < 0) {
        return;
      }
      int close = actionEnd(open);
      String action = source.substring(open + (trimRight ? 3 : 2), close);
      trimLeft = action.endsWith(" -");
      action = (trimLeft ? action.substring(0, action.length() - 1) : action).strip();
      if (!action.startsWith("/*")) {
        tokens.add(new Token(action, true));
      }
      from = close + 2;
    }
  }

  /** Where the action's braces close; those in quotes do not count. */
  private int actionEnd(int open) {
    char quote = 0;
    for (int i = open + 2; i < source.length(); i++) {
      char c = source.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote == '"') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '`') {
        quote = c;
      } else if (source.startsWith("}}", i)) {
        return i;
      }
    }
    throw new IllegalArgumentException("template: unclosed action");
  }

  /** Parts up to an {@code end} or {@code else} that belongs to whoever called. */
  private List<TemplateNode> nodes() {
    List<TemplateNode> nodes = new ArrayList<>();
    ending = "";
    while (at < tokens.size()) {
      Token token = tokens.get(at++);
      if (!token.isAction) {
        nodes.add(new TemplateNode.Text(token.text));
      } else if (token.text.equals("end") || token.text.startsWith("else")) {
        ending = token.text;
        return nodes;
      } else {
        nodes.add(action(token.text));
      }
    }
    return nodes;
  }

  private TemplateNode action(String text) {
    TemplateWords words = new TemplateWords(text);
    if (words.accept("if")) {
      return condition(words, false);
    }
    if (words.accept("with")) {
      return condition(words, true);
    }
    if (words.accept("range")) {
      return range(words);
    }
    String variable = words.assignedVariable();
    return new TemplateNode.Action(variable, words.pipeline());
  }

  private TemplateNode condition(TemplateWords words, boolean movesDot) {
    TemplateExpression condition = words.pipeline();
    List<TemplateNode> then = nodes();
    return new TemplateNode.Condition(condition, movesDot, then, otherwise());
  }

  private List<TemplateNode> otherwise() {
    if (ending.startsWith("else if ")) {
      TemplateNode nested = action(ending.substring(5));
      return List.of(nested);
    }
    List<TemplateNode> otherwise = ending.equals("else") ? nodes() : List.of();
    if (!ending.equals("end")) {
      throw new IllegalArgumentException("template: unexpected EOF");
    }
    ending = "";
    return otherwise;
  }

  private TemplateNode range(TemplateWords words) {
    List<String> names = words.rangeVariables();
    TemplateExpression elements = words.pipeline();
    List<TemplateNode> body = nodes();
    String key = names.size() > 1 ? names.get(0) : "";
    String element = names.isEmpty() ? "" : names.get(names.size() - 1);
    return new TemplateNode.Range(key, element, elements, body, otherwise());
  }
}
