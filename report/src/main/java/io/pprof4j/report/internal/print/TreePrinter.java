// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.Measurement;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.internal.graph.Adjacency;
import io.pprof4j.report.internal.graph.Graph;
import io.pprof4j.report.internal.graph.GraphTrimmer;
import io.pprof4j.report.internal.graph.TrimmedGraph;
import io.pprof4j.report.internal.pattern.SearchPattern;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.request.ReportLabels;
import io.pprof4j.report.internal.text.TextOutput;
import io.pprof4j.report.internal.text.ValueFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.function.Predicate;

/** Prints each node between those that called it and those it called. */
public final class TreePrinter {
  private static final String SEPARATOR =
      "----------------------------------------------------------+-------------";
  private static final String HEADER =
      "      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t ";

  private final Report report;
  private final Graph graph;
  private final ValueFormat format;
  private final TextOutput out;
  private final TrimmedGraph trimmed;
  private final ReportLabels labels;

  /** Which nodes are printed, by name. */
  private final Predicate<String> wanted;

  /** Prepares the report for a stream, which is not closed. */
  public TreePrinter(Report report, ZoneId zone, OutputStream target) {
    this.report = report;
    GraphTrimmer trimmer =
        new GraphTrimmer(report, report.mergingRules(), GraphTrimmer.Needs.EDGES, false);
    if (report.pattern().isPresent()) {
      // Nothing is trimmed then, so edges elsewhere change nothing of what is printed.
      this.wanted = report.pattern().get().finder();
      this.trimmed = trimmer.trimWithEdgesOf(wanted);
    } else {
      this.wanted = name -> true;
      this.trimmed = trimmer.trim();
    }
    this.graph = trimmed.graph();
    this.format = graph.suited(report.valueFormat(), report.total(), false);
    this.labels = new ReportLabels(report, format, zone);
    this.out = new TextOutput(target);
  }

  /** Prints the report. */
  public void print() throws ReportException, IOException {
    out.line(String.join("\n", labels.ofText(trimmed.shown())));
    out.line(SEPARATOR);
    out.line(HEADER);
    Adjacency in = Adjacency.in(graph.edges, graph.size());
    Adjacency outgoing = Adjacency.out(graph.edges, graph.size());
    long sum = 0;
    boolean matched = false;
    for (int node : graph.shown) {
      if (!wanted.test(graph.name(node))) {
        continue;
      }
      matched = true;
      sum += graph.flatValue(node);
      out.line(SEPARATOR);
      for (int edge : graph.sorted(in.edges(node))) {
        edge(edge, graph.edges.source[edge], graph.cumValue(node));
      }
      node(node, sum);
      for (int edge : graph.sorted(outgoing.edges(node))) {
        edge(edge, graph.edges.target[edge], graph.cumValue(node));
      }
    }
    if (graph.shown.length > 0) {
      out.line(SEPARATOR);
    }
    if (!matched && report.pattern().isPresent()) {
      throw noMatches(report.pattern().get());
    }
    out.flush();
  }

  private static ReportException noMatches(SearchPattern pattern) {
    return new ReportException("no matches found for regexp: " + pattern.text());
  }

  private void edge(int edge, int other, long cum) throws IOException {
    long weight = graph.edges.weight[edge];
    out.left(format.text(weight), 50).text(" ").text(Measurement.percentage(weight, cum));
    out.text(" |   ").text(graph.name(other));
    out.line(graph.edges.inline[edge] ? " (inline)" : "");
  }

  private void node(int node, long sum) throws IOException {
    long flat = graph.flatValue(node);
    long cum = graph.cumValue(node);
    long total = report.total();
    out.left(format.text(flat), 10).text(" ").text(Measurement.percentage(flat, total)).text(" ");
    out.text(Measurement.percentage(sum, total)).text(" ");
    out.left(format.text(cum), 10).text(" ").text(Measurement.percentage(cum, total));
    out.text("                | ").line(graph.name(node));
  }
}
