// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.Measurement;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.internal.text.GoMath;
import io.pprof4j.report.internal.text.Times;
import io.pprof4j.report.internal.text.ValueFormat;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The lines above a report, and in the legend of a picture, that say what it shows. */
public final class ReportLabels {
  private static final int LONGEST_FILTER = 80;

  private final Report report;
  private final ValueFormat format;
  private final ZoneId zone;

  /** Labels of a report whose values are written in a format, with times of a zone. */
  public ReportLabels(Report report, ValueFormat format, ZoneId zone) {
    this.report = report;
    this.format = format;
    this.zone = zone;
  }

  /** The lines about the profile. */
  public List<String> ofProfile() {
    Profile profile = report.profile();
    List<String> labels = new ArrayList<>();
    if (!profile.mappings().isEmpty()) {
      addUnlessEmpty(labels, "File: ", report.title());
      addUnlessEmpty(labels, "Build ID: ", profile.mappings().get(0).buildId());
    }
    for (String comment : profile.comments()) {
      if (!comment.startsWith("#")) {
        labels.add(comment);
      }
    }
    addUnlessEmpty(labels, "Type: ", report.values().type());
    addUnlessEmpty(labels, "Doc: ", profile.header().docUrl());
    if (profile.timeNanos() != 0) {
      labels.add("Time: " + Times.toSeconds(profile.timeNanos(), zone));
    }
    if (profile.durationNanos() != 0) {
      labels.add(duration(profile.durationNanos()));
    }
    return labels;
  }

  private static void addUnlessEmpty(List<String> labels, String name, String value) {
    if (!value.isEmpty()) {
      labels.add(name + value);
    }
  }

  private String duration(long nanos) {
    Measurement total = Measurement.scale(report.total(), report.values().unit(), "nanoseconds");
    boolean isTime = total.unit().equals("ns") && total.value() != 0;
    String share =
        isTime ? "(" + Measurement.percentage(GoMath.toLong(total.value()), nanos) + ")" : "";
    String length = Measurement.label(nanos, "nanoseconds");
    return "Duration: " + length + ", Total samples = " + format.text(report.total()) + " " + share;
  }

  /** The lines above a report in text. */
  public List<String> ofText(Shown shown) {
    boolean compact = report.options().get(ReportOption.COMPACT_LABELS);
    List<String> labels = compact ? new ArrayList<>() : ofProfile();
    addShown(labels, shown, 0);
    return labels;
  }

  /** The lines of the legend of a picture. */
  public List<String> ofPicture(Shown shown) {
    List<String> labels = ofProfile();
    addShown(labels, shown, shown.droppedEdges());
    labels.add("\nSee https://git.io/JfYMW for how to read the graph");
    return labels;
  }

  /** The lines of the legend of a flame graph, which shows everything that filters left. */
  public List<String> ofFlame(long shown) {
    List<String> labels = ofProfile();
    addActiveFilters(labels);
    addAccounted(labels, shown);
    return labels;
  }

  private void addShown(List<String> labels, Shown shown, int droppedEdges) {
    addActiveFilters(labels);
    addAccounted(labels, shown.flat());
    if (report.total() == 0) {
      return;
    }
    addDropped(labels, shown.droppedNodes(), "node", "cum", ReportOption.NODE_FRACTION);
    addDropped(labels, droppedEdges, "edge", "freq", ReportOption.EDGE_FRACTION);
    if (shown.nodes() > 0 && shown.nodes() < shown.candidates()) {
      labels.add("Showing top " + shown.nodes() + " nodes out of " + shown.candidates());
    }
  }

  private void addAccounted(List<String> labels, long shown) {
    labels.add(
        "Showing nodes accounting for "
            + format.text(shown)
            + ", "
            + Measurement.percentage(shown, report.total()).strip()
            + " of "
            + format.text(report.total())
            + " total");
  }

  private void addActiveFilters(List<String> labels) {
    List<String> filters = report.activeFilters();
    if (!filters.isEmpty()) {
      labels.add("Active filters:");
      filters.forEach(filter -> labels.add("   " + shortened(filter)));
    }
  }

  /** At most eighty bytes, and characters whole where pprof cuts them. */
  private static String shortened(String filter) {
    byte[] utf8 = filter.getBytes(StandardCharsets.UTF_8);
    return utf8.length <= LONGEST_FILTER
        ? filter
        : io.pprof4j.profile.Utf8.decode(utf8, 0, LONGEST_FILTER) + "…";
  }

  private void addDropped(
      List<String> labels, int count, String what, String by, ReportOption<Double> fraction) {
    if (count > 0) {
      long limit = Math.abs(GoMath.toLong(report.total() * report.options().get(fraction)));
      String reason = " (" + by + " <= " + format.text(limit) + ")";
      labels.add("Dropped " + count + " " + what + (count > 1 ? "s" : "") + reason);
    }
  }
}
