// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.profile.Aggregation;
import io.pprof4j.profile.Function;
import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.LabelSets;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Utf8;
import io.pprof4j.profile.ValueType;
import io.pprof4j.report.internal.request.Granularity;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.text.ByteOrder;
import io.pprof4j.report.internal.text.GoNumbers;
import io.pprof4j.report.internal.text.TextOutput;
import io.pprof4j.report.internal.text.Times;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints all that a profile has. */
public final class RawPrinter {
  private static final String LABEL_INDENT = "                ";
  private static final String LINE_INDENT = "             ";

  private final Profile profile;
  private final ZoneId zone;
  private final TextOutput out;
  private final OutputStream target;

  /** Prepares the report for a stream, which is not closed. */
  public RawPrinter(Report report, ZoneId zone, OutputStream target) {
    this.profile = aggregated(report);
    this.zone = zone;
    this.out = new TextOutput(target);
    this.target = target;
  }

  /** The profile as the options ask for it. */
  static Profile aggregated(Report report) {
    Granularity granularity = report.granularity();
    if (granularity.isFull()) {
      return report.profile();
    }
    Aggregation kept =
        Aggregation.of(io.pprof4j.profile.Granularity.ADDRESSES)
            .without(Aggregation.Detail.INLINES);
    return report
        .profile()
        .aggregate(granularity.column() ? kept.with(Aggregation.Detail.COLUMN) : kept);
  }

  /** Prints the report. */
  public void print() throws IOException {
    header();
    samples();
    out.line("Locations");
    for (int location = 0; location < profile.locations().size(); location++) {
      location(location);
    }
    out.line("Mappings");
    for (Mapping mapping : profile.mappings()) {
      mapping(mapping);
    }
    out.flush();
  }

  private void header() throws IOException {
    for (String comment : profile.comments()) {
      out.text("Comment: ").line(comment);
    }
    if (!profile.header().docUrl().isEmpty()) {
      out.text("Doc: ").line(profile.header().docUrl());
    }
    ValueType period = profile.periodType().orElse(new ValueType("", ""));
    out.line("PeriodType: " + period.type() + " " + period.unit());
    out.line("Period: " + profile.period());
    if (profile.timeNanos() != 0) {
      out.line("Time: " + Times.toNanos(profile.timeNanos(), zone));
    }
    if (profile.durationNanos() != 0) {
      // Four characters, as pprof cuts it.
      String duration = GoNumbers.formatDuration(profile.durationNanos());
      out.line("Duration: " + duration.substring(0, Math.min(4, duration.length())));
    }
  }

  private void samples() throws IOException {
    out.line("Samples:");
    List<String> types = new ArrayList<>();
    for (ValueType type : profile.sampleTypes()) {
      boolean isDefault = type.type().equals(profile.header().defaultSampleType());
      types.add(type.type() + "/" + type.unit() + (isDefault ? "[dflt]" : ""));
    }
    out.line(String.join(" ", types).strip());
    out.flush();
    LabelSets sets = profile.labelSets();
    byte[][] labels = new byte[sets.size()][];
    for (int set = 0; set < labels.length; set++) {
      Interrupts.check(set);
      labels[set] = Utf8.encode(labelLine(set, false) + labelLine(set, true));
    }
    new RawSamples(profile, labels, target).print();
  }

  /** The textual or the numeric labels of a list on one line, or nothing. */
  private String labelLine(int set, boolean numbers) {
    LabelSets sets = profile.labelSets();
    Map<String, List<Integer>> byKey = new LinkedHashMap<>();
    for (int label = 0; label < sets.count(set); label++) {
      if (sets.isNumber(set, label) == numbers) {
        byKey.computeIfAbsent(sets.key(set, label), key -> new ArrayList<>()).add(label);
      }
    }
    if (byKey.isEmpty()) {
      return "";
    }
    List<String> words = new ArrayList<>();
    byKey.forEach((key, labels) -> words.add(key + ":" + values(set, labels)));
    words.sort(ByteOrder.COMPARATOR);
    return LABEL_INDENT + String.join(" ", words) + "\n";
  }

  private String values(int set, List<Integer> labels) {
    LabelSets sets = profile.labelSets();
    boolean hasUnits = false;
    for (int label : labels) {
      hasUnits |= sets.isNumber(set, label) && !sets.unit(set, label).isEmpty();
    }
    List<String> values = new ArrayList<>();
    for (int label : labels) {
      if (!sets.isNumber(set, label)) {
        values.add(sets.text(set, label));
      } else {
        values.add(sets.number(set, label) + (hasUnits ? " " + sets.unit(set, label) : ""));
      }
    }
    return "[" + String.join(" ", values) + "]";
  }

  private void location(int location) throws IOException {
    Locations locations = profile.locations();
    out.left(Long.toUnsignedString(locations.id(location)), 6);
    out.text(": 0x").text(Long.toHexString(locations.address(location))).text(" ");
    int mapping = locations.mapping(location);
    if (mapping != Locations.NO_MAPPING) {
      out.text("M=").text(Long.toUnsignedString(profile.mappings().get(mapping).id())).text(" ");
    }
    if (locations.folded(location)) {
      out.text("[F] ");
    }
    int lines = locations.lineCount(location);
    if (lines == 0) {
      out.endOfLine();
    }
    for (int line = 0; line < lines; line++) {
      out.text(line == 0 ? "" : LINE_INDENT);
      line(location, line);
    }
  }

  private void line(int location, int line) throws IOException {
    Locations locations = profile.locations();
    Function function = profile.functions().get(locations.function(location, line));
    String name = function.name();
    String systemName = function.systemName();
    out.text(name).text(" ").text(function.filename());
    out.buffer().append(':').append(locations.line(location, line));
    out.buffer().append(':').append(locations.column(location, line));
    out.buffer().append(" s=").append(function.startLine());
    if (!name.equals(systemName)) {
      out.text("(").text(systemName).text(")");
    }
    out.endOfLine();
  }

  private void mapping(Mapping mapping) throws IOException {
    out.line(
        Long.toUnsignedString(mapping.id())
            + ": 0x"
            + Long.toHexString(mapping.start())
            + "/0x"
            + Long.toHexString(mapping.limit())
            + "/0x"
            + Long.toHexString(mapping.offset())
            + " "
            + mapping.filename()
            + " "
            + mapping.buildId()
            + " "
            + (mapping.hasFunctions() ? "[FN]" : "")
            + (mapping.hasFilenames() ? "[FL]" : "")
            + (mapping.hasLineNumbers() ? "[LN]" : "")
            + (mapping.hasInlineFrames() ? "[IN]" : ""));
  }
}
