// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.NodeInfo;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.internal.graph.Adjacency;
import io.pprof4j.report.internal.graph.Graph;
import io.pprof4j.report.internal.graph.GraphTrimmer;
import io.pprof4j.report.internal.graph.TrimmedGraph;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.text.GoMath;
import io.pprof4j.report.internal.text.TextOutput;
import io.pprof4j.report.internal.text.ValueFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints a graph in the format of callgrind, for KCachegrind and the like. */
public final class CallgrindPrinter {
  private final Report report;
  private final Graph graph;
  private final ValueFormat format;
  private final TextOutput out;
  private final String[] names;
  private final Map<String, Integer> objects = new HashMap<>();
  private final Map<String, Integer> files = new HashMap<>();
  private final Map<String, Integer> functions = new HashMap<>();

  /** Prepares the report for a stream, which is not closed. */
  public CallgrindPrinter(Report report, OutputStream target) {
    this.report = report;
    boolean callTree = report.options().get(ReportOption.CALL_TREE);
    TrimmedGraph trimmed =
        new GraphTrimmer(report, report.separatingRules(), GraphTrimmer.Needs.EDGES, callTree)
            .trim();
    this.graph = trimmed.graph();
    this.format = graph.suited(report.valueFormat(), report.total(), true);
    this.names = CallgrindNames.of(graph);
    this.out = new TextOutput(target);
  }

  /** Prints the report. */
  public void print() throws IOException {
    out.line("positions: instr line");
    out.line("events: " + report.values().type() + "(" + format.to() + ")");
    Adjacency outgoing = Adjacency.out(graph.edges, graph.size());
    NodeInfo previous = null;
    for (int node : graph.shown) {
      NodeInfo info = graph.info(node);
      function(previous, info);
      long self = GoMath.toLong(format.converted(graph.flatValue(node)));
      out.line(address(previous, info.address()) + " " + info.line() + " " + self);
      calls(previous, graph.sorted(outgoing.edges(node)));
      previous = info;
    }
    out.flush();
  }

  /** Names the function unless the last node was of the same one. */
  private void function(@Nullable NodeInfo previous, NodeInfo info) throws IOException {
    boolean same =
        previous != null
            && previous.objectFile().equals(info.objectFile())
            && previous.file().equals(info.file())
            && previous.name().equals(info.name());
    if (!same) {
      out.endOfLine();
      out.line("ob=" + compressed(objects, info.objectFile()));
      out.line("fl=" + compressed(files, info.file()));
      out.line("fn=" + compressed(functions, info.name()));
    }
  }

  private void calls(@Nullable NodeInfo previous, List<Integer> edges) throws IOException {
    for (int edge : edges) {
      int callee = graph.edges.target[edge];
      NodeInfo info = graph.info(callee);
      out.line("cfl=" + compressed(files, info.file()));
      out.line("cfn=" + compressed(functions, names[callee]));
      // The profile does not count calls.
      out.line("calls=0 " + address(previous, info.address()) + " " + info.line());
      out.line("* * " + GoMath.toLong(format.converted(graph.edges.weight[edge])));
    }
  }

  /** A number for a name, and the name itself the first time. */
  private static String compressed(Map<String, Integer> numbers, String name) {
    if (name.isEmpty()) {
      return "";
    }
    Integer number = numbers.get(name);
    if (number != null) {
      return "(" + number + ")";
    }
    numbers.put(name, numbers.size() + 1);
    return "(" + numbers.size() + ") " + name;
  }

  /** The address, or its distance to the previous one if that is shorter. */
  private static String address(@Nullable NodeInfo previous, long address) {
    String absolute = "0x" + Long.toHexString(address);
    if (previous == null) {
      return absolute;
    }
    long distance = address - previous.address();
    if (distance == 0) {
      return "*";
    }
    String relative = (distance < 0 ? "" : "+") + distance;
    return relative.length() < absolute.length() ? relative : absolute;
  }
}
