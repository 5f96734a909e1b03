// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.FlameData;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.ReportRequest;
import io.pprof4j.report.Reports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** The profile, and what a page shows of it, as files. */
final class Exports {
  private static final String PROFILE_TYPE = "application/vnd.google.protobuf+gzip";

  /**
   * A kind of file.
   *
   * @param format the report
   * @param type the content type
   * @param file the name proposed to the user
   */
  private record Kind(ReportFormat format, String type, String file) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "proto", new Kind(ReportFormat.PROTO, PROFILE_TYPE, "profile-filtered.pb.gz"),
          "svg", new Kind(ReportFormat.SVG, "image/svg+xml", "graph.svg"),
          "png", new Kind(ReportFormat.PNG, "image/png", "graph.png"),
          "dot", new Kind(ReportFormat.DOT, WebResponse.TEXT, "graph.dot"),
          "folded", new Kind(ReportFormat.COLLAPSED, WebResponse.TEXT, "stacks.folded"),
          "speedscope",
              new Kind(ReportFormat.SPEEDSCOPE, WebResponse.JSON, "profile.speedscope.json"),
          "csv", new Kind(ReportFormat.CSV, "text/csv; charset=utf-8", "top.csv"),
          "json", new Kind(ReportFormat.JSON, WebResponse.JSON, "top.json"));

  private final WebSession session;
  private final Views views;

  Exports(WebSession session, Views views) {
    this.session = session;
    this.views = views;
  }

  /** The profile as it was read, whatever is filtered. */
  WebResponse original() throws IOException {
    return WebResponse.ok(PROFILE_TYPE, WebHandler.bytes(session.profile()))
        .asFile("profile.pb.gz");
  }

  /** What the settings of an address leave, in the form that its parameter {@code as} names. */
  WebResponse export(Query query) throws ReportException, IOException {
    if (query.get("as").equals("html")) {
      return flamePage(query);
    }
    Kind kind = KINDS.get(query.get("as"));
    if (kind == null) {
      throw new ReportException(
          "as=" + query.get("as") + " is none of " + KINDS.keySet().stream().sorted().toList());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ViewRequest request = views.request(query, warning -> {});
    Reports.print(
        request.profile(),
        ReportRequest.of(kind.format(), request.options()),
        request.context(),
        out);
    return WebResponse.ok(kind.type(), out.toByteArray()).asFile(kind.file());
  }

  private WebResponse flamePage(Query query) throws ReportException, IOException {
    ViewRequest request = views.request(query, warning -> {});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FlamePage.write(FlameData.of(request.profile(), request.options()), out);
    return WebResponse.ok("text/html", out.toByteArray()).asFile("flamegraph.html");
  }
}
