// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import io.pprof4j.report.NodeInfo;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.internal.graph.Graph;
import io.pprof4j.report.internal.graph.GraphTrimmer;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.text.ByteOrder;
import io.pprof4j.report.internal.text.ValueFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Source lines of functions with their values.
 *
 * @param functions the functions that match, by name
 * @param total what percentages refer to
 * @param format how values are written
 */
public record ListReport(List<FunctionSource> functions, long total, ValueFormat format) {
  /** Lines shown before the first and after the last line with a value. */
  private static final long MARGIN = 5;

  /**
   * A function.
   *
   * @param name its name
   * @param files its parts by file; empty if no file is known
   */
  public record FunctionSource(String name, List<FilePart> files) {}

  /**
   * The part of a function in one file.
   *
   * @param path the file
   * @param values sum of the lines' values
   * @param lines the lines; empty if there is an error
   * @param error why there are no lines
   * @param note what is to be said of the file's origin, or empty
   */
  public record FilePart(
      String path,
      LineValues values,
      List<SourceLine> lines,
      Optional<String> error,
      String note) {}

  /**
   * A line.
   *
   * @param number its number
   * @param text its text
   * @param values its values
   */
  public record SourceLine(long number, String text, LineValues values) {}

  /**
   * Values of a line.
   *
   * @param flat its own
   * @param cum its own and that of what it called
   */
  public record LineValues(long flat, long cum) {
    private static final LineValues ZERO = new LineValues(0, 0);

    private LineValues plus(LineValues other) {
      return new LineValues(flat + other.flat, cum + other.cum);
    }
  }

  /**
   * The functions that match the report's pattern.
   *
   * @throws ReportException if there are none
   */
  public static ListReport of(Report report, SourceReader reader) throws ReportException {
    Graph graph = GraphTrimmer.untrimmed(report, report.separatingRules());
    Predicate<String> wanted = report.pattern().orElseThrow().finder();
    Map<String, Map<String, List<Integer>>> byFunctionAndFile = new TreeMap<>(ByteOrder.COMPARATOR);
    for (int node : graph.shown) {
      NodeInfo info = graph.info(node);
      if (wanted.test(info.name())) {
        byFunctionAndFile
            .computeIfAbsent(info.name(), name -> new TreeMap<>(ByteOrder.COMPARATOR))
            .computeIfAbsent(info.file(), file -> new ArrayList<>())
            .add(node);
      }
    }
    if (byFunctionAndFile.isEmpty()) {
      throw new ReportException(
          "no matches found for regexp: " + report.pattern().orElseThrow().text());
    }
    List<FunctionSource> functions = new ArrayList<>();
    byFunctionAndFile.forEach((name, files) -> functions.add(function(name, files, graph, reader)));
    return new ListReport(functions, report.total(), report.valueFormat());
  }

  private static FunctionSource function(
      String name, Map<String, List<Integer>> files, Graph graph, SourceReader reader) {
    List<FilePart> parts = new ArrayList<>();
    files.forEach(
        (path, nodes) -> {
          if (!path.isEmpty()) {
            parts.add(part(name, path, nodes, graph, reader));
          }
        });
    return new FunctionSource(name, parts);
  }

  private static FilePart part(
      String name, String path, List<Integer> nodes, Graph graph, SourceReader reader) {
    Map<Long, LineValues> ofLine = new HashMap<>();
    LineValues sum = LineValues.ZERO;
    long start = Long.MAX_VALUE;
    long end = 0;
    for (int node : nodes) {
      NodeInfo info = graph.info(node);
      LineValues values = new LineValues(graph.flat[node], graph.cum[node]);
      ofLine.merge(info.line(), values, LineValues::plus);
      sum = sum.plus(values);
      start = Math.min(start, info.startLine() == 0 ? info.line() - MARGIN : info.startLine());
      end = Math.max(end, info.line() + MARGIN);
    }
    long first = Math.max(start, 1);
    if (first > end) {
      // A function that starts behind its lines wants none, so nobody misses the file.
      return new FilePart(path, sum, List.of(), reader.errorSoFar(path), "");
    }
    List<SourceLine> lines = new ArrayList<>();
    for (long number = first; number <= end; number++) {
      Optional<String> text = reader.line(path, name, number);
      if (text.isEmpty()) {
        break;
      }
      lines.add(new SourceLine(number, text.get(), ofLine.getOrDefault(number, LineValues.ZERO)));
    }
    return new FilePart(path, sum, lines, reader.error(path, name), reader.note(path, name));
  }
}
