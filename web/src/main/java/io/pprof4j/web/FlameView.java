// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.FlameData;
import io.pprof4j.report.FlameJson;
import io.pprof4j.report.ReportException;
import java.io.IOException;

/** The flame graph, which a script draws from data that it asks for. */
final class FlameView {
  private FlameView() {}

  static Views.Part page() {
    return Views.Part.of("<div id=\"flame\" class=\"fill\"></div>\n");
  }

  /** All stacks as JSON: see {@link FlameJson}. */
  static WebResponse data(ViewRequest request) throws ReportException, IOException {
    return json(FlameData.of(request.profile(), request.options()));
  }

  /** What of them a screen can show at once, for the first picture. */
  static WebResponse outline(ViewRequest request) throws ReportException, IOException {
    return json(FlameData.outline(request.profile(), request.options()));
  }

  private static WebResponse json(FlameData data) throws IOException {
    return WebResponse.compressed(WebResponse.JSON, out -> FlameJson.write(data, out));
  }
}
