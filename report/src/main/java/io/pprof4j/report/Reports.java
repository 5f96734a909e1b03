// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Utf8;
import java.io.IOException;
import java.io.OutputStream;

/** Makes reports of profiles. */
public final class Reports {
  private Reports() {}

  /**
   * Makes a report and writes it; the stream stays open. Nothing is written if the report cannot be
   * made.
   *
   * @throws ReportException if the report cannot be made as asked
   * @throws IOException if the stream fails
   */
  public static void print(
      Profile profile, ReportRequest request, ReportContext context, OutputStream out)
      throws ReportException, IOException {
    if (request.format() != ReportFormat.COMMENTS) {
      context.warnings().accept("no report " + request.format());
      throw new ReportException("unexpected output format " + request.format());
    }
    for (String comment : profile.comments()) {
      out.write(Utf8.encode(comment + "\n"));
    }
  }
}
