// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.FlameData;
import io.pprof4j.report.FlameJson;
import io.pprof4j.report.ReportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The flame graph, which a script draws from data that it asks for. */
final class FlameView {
  private FlameView() {}

  static Views.Part page() {
    return Views.Part.of("<div id=\"flame\" class=\"fill\"></div>\n");
  }

  /** All stacks as JSON: see {@link FlameJson}. */
  static byte[] data(ViewRequest request) throws ReportException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FlameJson.write(FlameData.of(request.profile(), request.options()), out);
    return out.toByteArray();
  }
}
