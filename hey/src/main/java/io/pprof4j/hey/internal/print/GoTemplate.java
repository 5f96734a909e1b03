// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A subset of Go's text/template, enough for templates written for hey: fields, variables,
 * pipelines, {@code if}/{@code else}, {@code range}, {@code with}, comments, trim markers, and the
 * functions formatNumber, formatNumberInt, histogram, jsonify, len, index, printf, print, eq, ne,
 * lt, le, gt, ge, and, or, not.
 */
public final class GoTemplate {
  private static final List<String> LISTS =
      List.of(
          "jsonify",
          "Lats",
          "ConnLats",
          "DnsLats",
          "ReqLats",
          "ResLats",
          "DelayLats",
          "Offsets",
          "StatusCodes");

  private final String source;
  private final List<TemplateNode> nodes;

  private GoTemplate(String source, List<TemplateNode> nodes) {
    this.source = source;
    this.nodes = nodes;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it is malformed or uses what is not supported
   */
  public static GoTemplate parse(String source) {
    return new GoTemplate(source, new TemplateParser(source).parse());
  }

  /** Whether it looks at single requests, which must be kept for it then. */
  public boolean needsLists() {
    for (String name : LISTS) {
      if (source.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Fills the template in.
   *
   * @param data what the dot stands for at first: maps, lists, numbers and text
   * @throws IllegalArgumentException if it asks for a field that is not there
   */
  public String execute(Map<String, Object> data) {
    StringBuilder out = new StringBuilder();
    Map<String, Object> variables = new HashMap<>();
    variables.put("$", data);
    TemplateScope scope = new TemplateScope(data, variables);
    for (TemplateNode node : nodes) {
      node.render(scope, out);
    }
    return out.toString();
  }
}
