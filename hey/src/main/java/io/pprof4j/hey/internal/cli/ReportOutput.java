// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import io.pprof4j.hey.HeyBuilder;
import io.pprof4j.hey.Report;
import io.pprof4j.hey.RequestTimes;
import io.pprof4j.hey.internal.print.CsvPrinter;
import io.pprof4j.hey.internal.print.GoTemplate;
import io.pprof4j.hey.internal.print.HdrPrinter;
import io.pprof4j.hey.internal.print.ReportFields;
import io.pprof4j.hey.internal.print.SummaryPrinter;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code -o} asks for. */
interface ReportOutput {
  /**
   * Prints what is to be printed after the run.
   *
   * @param costs what requests cost the target, for outputs with a place for it; may be empty
   */
  void print(Report report, Map<String, Object> costs);

  /**
   * Chooses the output and lets it see the requests, if it needs them one by one.
   *
   * @param kind the value of {@code -o}
   * @throws IllegalArgumentException if it is a template that cannot be read
   */
  static ReportOutput of(String kind, PrintStream out, HeyBuilder builder) {
    switch (kind) {
      case "" -> {
        return (report, costs) -> new SummaryPrinter(out).print(report);
      }
      case "csv" -> {
        CsvPrinter csv = new CsvPrinter(out);
        builder.eachRequest(csv::row);
        return (report, costs) -> csv.flush();
      }
      case "json" -> {
        return (report, costs) -> {
          Map<String, Object> fields = ReportFields.summary(report);
          fields.putAll(costs);
          out.println(ReportFields.json(fields));
        };
      }
      case "hdr" -> {
        return (report, costs) ->
            out.print(HdrPrinter.print(report.response().orElse(report.service())));
      }
      default -> {
        GoTemplate template = GoTemplate.parse(kind);
        RequestList requests = new RequestList();
        if (template.needsLists()) {
          builder.eachRequest(requests::add);
        }
        return (report, costs) ->
            out.println(template.execute(ReportFields.of(report, requests.copy())));
      }
    }
  }

  /** The first million requests, as many as hey's templates see. Thread-safe. */
  final class RequestList {
    private static final int MAX = 1_000_000;

    private final List<RequestTimes> requests = new ArrayList<>();

    synchronized void add(RequestTimes request) {
      if (requests.size() < MAX) {
        requests.add(request);
      }
    }

    synchronized List<RequestTimes> copy() {
      return List.copyOf(requests);
    }
  }
}
