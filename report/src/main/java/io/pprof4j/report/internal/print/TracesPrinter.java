// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.LabelSets;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Samples;
import io.pprof4j.profile.Stacks;
import io.pprof4j.profile.Utf8;
import io.pprof4j.report.Measurement;
import io.pprof4j.report.internal.graph.NodeTable;
import io.pprof4j.report.internal.request.NodeRules;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.request.ReportLabels;
import io.pprof4j.report.internal.request.SampleValues;
import io.pprof4j.report.internal.text.ByteOrder;
import io.pprof4j.report.internal.text.GoMath;
import io.pprof4j.report.internal.text.GoText;
import io.pprof4j.report.internal.text.ValueFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints every sample with its labels and its stack, leaf first.
 *
 * <p>The text of each location and of each label list is made once and kept as bytes, so that
 * writing a sample is copying.
 */
public final class TracesPrinter {
  private static final byte[] SEPARATOR =
      Utf8.encode("-----------+-------------------------------------------------------\n");
  private static final String NO_VALUE = "             ";

  private final Report report;
  private final Profile profile;
  private final List<String> header;
  private final ValueFormat format;
  private final NodeTable table;
  private final OutputStream out;
  private final byte[] @Nullable [] frameText;
  private final byte[] @Nullable [] labelText;

  /** Prepares the report for a stream, which is not closed. */
  public TracesPrinter(Report report, ZoneId zone, OutputStream target) {
    this.report = report;
    this.profile = report.profile();
    this.format = report.valueFormat();
    this.header = new ReportLabels(report, format, zone).ofProfile();
    this.table = new NodeTable(profile, new NodeRules(report.granularity()));
    this.out = new java.io.BufferedOutputStream(target, 1 << 16);
    this.frameText = new byte[table.node.length][];
    this.labelText = new byte[profile.labelSets().size()][];
  }

  /** Prints the report. */
  public void print() throws IOException {
    out.write(Utf8.encode(String.join("\n", header) + "\n"));
    Samples samples = profile.samples();
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      int stack = samples.stack(sample);
      if (profile.stacks().depth(stack) > 0) {
        out.write(SEPARATOR);
        out.write(labels(samples.labels(sample)));
        stack(stack, mean(samples, sample));
      }
    }
    out.write(SEPARATOR);
    out.flush();
  }

  private long mean(Samples samples, int sample) {
    SampleValues values = report.values();
    return GoMath.mean(values.value(samples, sample), values.divisor(samples, sample));
  }

  private void stack(int stack, long weight) throws IOException {
    StringBuilder first = new StringBuilder();
    GoText.padLeft(first, format.text(weight), 10);
    byte[] value = Utf8.encode(first.append("   ").toString());
    boolean isFirst = true;
    Stacks stacks = profile.stacks();
    for (int depth = 0; depth < stacks.depth(stack); depth++) {
      int location = stacks.location(stack, depth);
      int last = table.first[location + 1] - 1;
      for (int frame = table.first[location]; frame <= last; frame++) {
        byte[] line = frame(frame, frame < last);
        if (isFirst) {
          out.write(value);
          out.write(line, NO_VALUE.length(), line.length - NO_VALUE.length());
          isFirst = false;
        } else {
          out.write(line);
        }
      }
    }
  }

  private byte[] frame(int frame, boolean inlined) {
    byte[] text = frameText[frame];
    if (text == null) {
      String name = table.info(table.node[frame]).printableName();
      text = Utf8.encode(NO_VALUE + name + (inlined ? " (inline)\n" : "\n"));
      frameText[frame] = text;
    }
    return text;
  }

  private byte[] labels(int set) {
    byte[] text = labelText[set];
    if (text == null) {
      text = Utf8.encode(String.join("", textLabels(set)) + String.join("", numberLabels(set)));
      labelText[set] = text;
    }
    return text;
  }

  private List<String> textLabels(int set) {
    LabelSets sets = profile.labelSets();
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (int label = 0; label < sets.count(set); label++) {
      if (!sets.isNumber(set, label)) {
        values
            .computeIfAbsent(sets.key(set, label), key -> new ArrayList<>())
            .add(sets.text(set, label));
      }
    }
    return lines(values);
  }

  private List<String> numberLabels(int set) {
    LabelSets sets = profile.labelSets();
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (int label = 0; label < sets.count(set); label++) {
      if (sets.isNumber(set, label)) {
        String key = sets.key(set, label);
        String unit = report.labelUnits().getOrDefault(key, "");
        values
            .computeIfAbsent(key, added -> new ArrayList<>())
            .add(Measurement.label(sets.number(set, label), unit));
      }
    }
    return lines(values);
  }

  private static List<String> lines(Map<String, List<String>> values) {
    List<String> lines = new ArrayList<>();
    values.forEach(
        (key, texts) -> {
          StringBuilder line = new StringBuilder();
          GoText.padLeft(line, key, 10);
          lines.add(line.append(":  ").append(String.join(" ", texts)).append('\n').toString());
        });
    lines.sort(ByteOrder.COMPARATOR);
    return lines;
  }
}
