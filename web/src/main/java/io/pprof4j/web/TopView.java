// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.LabelValue;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileFilter;
import io.pprof4j.report.FrameGrouping;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.Reports;
import io.pprof4j.report.TopReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of functions. A difference has columns for the base and for the new profile, too. */
final class TopView {
  /** Rows in the page itself; a script asks for the others when the page is there. */
  private static final int ROWS_IN_PAGE = 500;

  /** The two sides of a difference; null if the profile is none. */
  private final @Nullable Profile base;

  private final @Nullable Profile changed;

  TopView(Profile profile) {
    boolean isDifference = isDifference(profile);
    base =
        isDifference
            ? profile.filter(ProfileFilter.builder().tagFocus(TopView::isBase).build()).profile()
            : null;
    changed =
        isDifference
            ? profile.filter(ProfileFilter.builder().tagIgnore(TopView::isBase).build()).profile()
            : null;
  }

  private static boolean isDifference(Profile profile) {
    for (int set = 0; set < profile.labelSets().size(); set++) {
      for (int label = 0; label < profile.labelSets().count(set); label++) {
        if (profile.labelSets().key(set, label).equals(Profile.DIFF_BASE_KEY)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isBase(List<Label> labels) {
    return labels.stream()
        .anyMatch(
            label ->
                label.key().equals(Profile.DIFF_BASE_KEY)
                    && label.value() instanceof LabelValue.Text text
                    && text.text().equals(Profile.DIFF_BASE_VALUE));
  }

  /** The table with its first rows. */
  Views.Part page(ViewRequest request) throws ReportException {
    TopReport top = report(request.profile(), request);
    if (top.rows().isEmpty()) {
      return new Views.Part(Pages.nothing("No function has a value."), "", top.labels());
    }
    String body =
        "<div id=\"top\" class=\"fill\"></div>\n"
            + Pages.data("top-data", json(top, request, ROWS_IN_PAGE));
    return new Views.Part(body, "", top.labels());
  }

  /** All rows as JSON. */
  String rows(ViewRequest request) throws ReportException {
    return json(report(request.profile(), request), request, Integer.MAX_VALUE);
  }

  private static TopReport report(Profile profile, ViewRequest request) throws ReportException {
    ReportOptions options = request.options().with(ReportOption.NODE_COUNT, 0L);
    Optional<FrameGrouping> grouping = grouping(request.query());
    return grouping.isPresent()
        ? Reports.groups(profile, options, grouping.get(), request.context())
        : Reports.top(profile, options, request.context());
  }

  /** What the parameter {@code by} asks to sum functions up by; empty for the functions. */
  private static Optional<FrameGrouping> grouping(Query query) {
    return Stream.of(FrameGrouping.values())
        .filter(grouping -> grouping.key().equals(query.get("by")))
        .findFirst();
  }

  private String json(TopReport top, ViewRequest request, int limit) throws ReportException {
    Map<String, TopReport.Row> before = side(base, request);
    Map<String, TopReport.Row> after = side(changed, request);
    StringBuilder json = new StringBuilder(top.rows().size() * 80 + 200);
    json.append("{\"type\":").append(Markup.json(top.values().type()));
    json.append(",\"unit\":").append(Markup.json(top.values().unit()));
    json.append(",\"total\":").append(top.total());
    json.append(",\"by\":");
    json.append(Markup.json(grouping(request.query()).map(FrameGrouping::key).orElse("")));
    json.append(",\"count\":").append(top.rows().size());
    json.append(",\"diff\":").append(base != null).append(",\"rows\":[");
    int count = Math.min(limit, top.rows().size());
    for (int at = 0; at < count; at++) {
      TopReport.Row row = top.rows().get(at);
      json.append(at == 0 ? "\n[" : ",\n[").append(Markup.json(row.name())).append(',');
      json.append(Markup.json(row.inlining().mark()));
      value(json, row.flat());
      value(json, row.cum());
      if (base != null) {
        sides(json, before.get(row.name()), -1);
        sides(json, after.get(row.name()), 1);
      }
      json.append(']');
    }
    return json.append("]}").toString();
  }

  private static void value(StringBuilder json, TopReport.Value value) {
    json.append(',').append(value.number()).append(',').append(Markup.json(value.text()));
  }

  /** The values of a base are subtracted, so they are below zero in the profile. */
  private static void sides(StringBuilder json, TopReport.@Nullable Row row, int sign) {
    json.append(',').append(row == null ? 0 : sign * row.flat().number());
    json.append(',').append(row == null ? 0 : sign * row.cum().number());
  }

  private static Map<String, TopReport.Row> side(@Nullable Profile side, ViewRequest request)
      throws ReportException {
    Map<String, TopReport.Row> rows = new HashMap<>();
    if (side != null) {
      ViewRequest all =
          new ViewRequest(
              side,
              request.options().with(ReportOption.TRIM, false),
              request.context(),
              request.query());
      for (TopReport.Row row : report(side, all).rows()) {
        rows.putIfAbsent(row.name(), row);
      }
    }
    return rows;
  }
}
