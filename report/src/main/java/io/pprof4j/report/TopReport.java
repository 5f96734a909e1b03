// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.ValueType;
import io.pprof4j.report.internal.graph.Edges;
import io.pprof4j.report.internal.graph.Graph;
import io.pprof4j.report.internal.graph.GraphTrimmer;
import io.pprof4j.report.internal.graph.TrimmedGraph;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.request.ReportLabels;
import io.pprof4j.report.internal.text.ValueFormat;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The heaviest nodes of a profile.
 *
 * @param labels lines that say what is shown
 * @param rows the nodes, heaviest first
 * @param total what percentages refer to
 * @param values what the numbers are and their unit in the profile
 */
public record TopReport(List<String> labels, List<Row> rows, long total, ValueType values) {
  /** Copies the lists. */
  public TopReport {
    labels = List.copyOf(labels);
    rows = List.copyOf(rows);
  }

  /** Whether a node was inlined into its callers. */
  public enum Inlining {
    /** Never. */
    NONE,
    /** Into some. */
    PARTIAL,
    /** Into all. */
    FULL;

    /** The mark behind a name: {@code (inline)}, or empty. */
    public String mark() {
      return switch (this) {
        case NONE -> "";
        case PARTIAL -> "(partial-inline)";
        case FULL -> "(inline)";
      };
    }
  }

  /**
   * A node.
   *
   * @param name what it stands for
   * @param inlining whether it was inlined
   * @param flat its own value
   * @param cum its value and that of all it called
   */
  public record Row(String name, Inlining inlining, Value flat, Value cum) {}

  /**
   * A value.
   *
   * @param number in the unit of the profile
   * @param text with the unit of the report
   * @param percent share of the total, six characters
   */
  public record Value(long number, String text, String percent) {}

  static TopReport of(Report report, ZoneId zone) {
    TrimmedGraph trimmed = GraphTrimmer.withInlining(report, report.mergingRules());
    Graph graph = trimmed.graph();
    ValueFormat format = graph.suited(report.valueFormat(), report.total(), false);
    Inlining[] inlining = inlining(graph);
    List<Row> rows = new ArrayList<>(graph.shown.length);
    for (int node : graph.shown) {
      rows.add(
          new Row(
              graph.name(node),
              inlining[node],
              value(graph.flatValue(node), format, report.total()),
              value(graph.cumValue(node), format, report.total())));
    }
    List<String> labels = new ReportLabels(report, format, zone).ofText(trimmed.shown());
    ValueType values = new ValueType(report.values().type(), report.values().unit());
    return new TopReport(labels, rows, report.total(), values);
  }

  static Value value(long number, ValueFormat format, long total) {
    return new Value(number, format.text(number), Measurement.percentage(number, total));
  }

  private static Inlining[] inlining(Graph graph) {
    boolean[] inlined = new boolean[graph.size()];
    boolean[] called = new boolean[graph.size()];
    Edges edges = graph.edges;
    for (int edge = 0; edge < edges.size(); edge++) {
      if (!edges.removed[edge]) {
        (edges.inline[edge] ? inlined : called)[edges.target[edge]] = true;
      }
    }
    Inlining[] inlining = new Inlining[graph.size()];
    for (int node = 0; node < inlining.length; node++) {
      inlining[node] =
          !inlined[node] ? Inlining.NONE : called[node] ? Inlining.PARTIAL : Inlining.FULL;
    }
    return inlining;
  }
}
