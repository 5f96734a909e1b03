// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.LabelWeights;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.Reports;

/** The labels of what a page shows, and how much of it they are on. */
final class LabelsData {
  /** Values of a key that are listed; the rest is only counted. */
  private static final int MAX_VALUES = 200;

  private LabelsData() {}

  /** JSON: {@code {"total":..,"keys":[[key, count, [[value, weight, text], ...]], ...]}}. */
  static String of(ViewRequest request) throws ReportException {
    LabelWeights labels = Reports.labels(request.profile(), request.options(), request.context());
    StringBuilder json = new StringBuilder("{\"total\":").append(labels.total());
    json.append(",\"keys\":[");
    String comma = "";
    for (LabelWeights.Key key : labels.keys()) {
      json.append(comma).append("[").append(Markup.json(key.name())).append(',');
      json.append(key.values().size()).append(",[");
      values(key, json);
      json.append("]]");
      comma = ",";
    }
    return json.append("]}").toString();
  }

  private static void values(LabelWeights.Key key, StringBuilder json) {
    for (int at = 0; at < Math.min(MAX_VALUES, key.values().size()); at++) {
      LabelWeights.Value value = key.values().get(at);
      json.append(at == 0 ? "[" : ",[").append(Markup.json(value.name())).append(',');
      json.append(value.weight()).append(',').append(Markup.json(value.text())).append(']');
    }
  }
}
