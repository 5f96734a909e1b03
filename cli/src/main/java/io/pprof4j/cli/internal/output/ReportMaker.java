// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.output;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.flags.Command;
import io.pprof4j.cli.internal.flags.GraphEngine;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.FlameData;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.ReportRequest;
import io.pprof4j.report.Reports;
import io.pprof4j.web.FlamePage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Makes reports, whoever draws them: this program, its web UI's pages, or Graphviz. */
public final class ReportMaker {
  private final CliEnvironment environment;
  private final ReportContext context;
  private final GraphEngine engine;

  /** A maker whose graphs an engine draws. */
  public ReportMaker(CliEnvironment environment, ReportContext context, GraphEngine engine) {
    this.environment = environment;
    this.context = context;
    this.engine = engine;
  }

  /**
   * Makes a report and writes it; the stream stays open.
   *
   * @throws ReportException if the report cannot be made as asked
   * @throws IOException if the stream fails
   * @throws CliException if Graphviz is asked for and missing, or fails
   */
  void make(Profile profile, Command command, ReportRequest request, OutputStream out)
      throws ReportException, IOException, CliException {
    if (request.format() == ReportFormat.FLAME) {
      FlamePage.write(FlameData.of(profile, request.options(), context), out);
    } else if (engine == GraphEngine.NATIVE && !command.image().isEmpty()) {
      ReportRequest graph =
          new ReportRequest(ReportFormat.DOT, request.pattern(), request.options());
      ByteArrayOutputStream dot = new ByteArrayOutputStream();
      Reports.print(profile, graph, context, dot);
      out.write(Graphviz.draw(dot.toByteArray(), command.image(), environment));
    } else {
      Reports.print(profile, request, context, out);
    }
  }
}
