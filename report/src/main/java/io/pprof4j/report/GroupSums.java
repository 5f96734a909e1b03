// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.ValueType;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.request.ReportLabels;
import io.pprof4j.report.internal.text.ValueFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What groups of functions took: by themselves, and with all that they called. A group counts once
 * for a stack, however often it is on it, so the second is no sum of its functions' values.
 */
final class GroupSums {
  private final FlameData data;

  /** By frame, the row of its group. */
  private final int[] groups;

  private final List<String> names = new ArrayList<>();
  private final long[] flat;
  private final long[] cum;

  GroupSums(FlameData data, FrameGrouping grouping) {
    this.data = data;
    this.groups = number(grouping);
    this.flat = new long[names.size()];
    this.cum = new long[names.size()];
    // By node, its value with that of all below it, and the first node that is not below it.
    long[] totals = new long[data.nodeCount()];
    int[] ends = new int[data.nodeCount()];
    sumUp(totals, ends);
    // By group, where the outermost of its nodes on the path ends.
    int[] until = new int[names.size()];
    for (int node = 1; node < data.nodeCount(); node++) {
      Interrupts.check(node);
      int group = groups[data.frame(node)];
      flat[group] += data.self(node) - data.base(node);
      if (node >= until[group]) {
        until[group] = ends[node];
        cum[group] += totals[node];
      }
    }
  }

  private int[] number(FrameGrouping grouping) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int[] numbered = new int[data.frames().size()];
    for (int frame = 1; frame < numbered.length; frame++) {
      String name = grouping.of(data.frames().get(frame));
      Integer known = numbers.putIfAbsent(name, names.size());
      numbered[frame] = known == null ? names.size() : known;
      if (known == null) {
        names.add(name);
      }
    }
    return numbered;
  }

  /** Children follow their parents, so one backward pass does both. */
  private void sumUp(long[] totals, int[] ends) {
    int[] parents = parents();
    for (int node = totals.length - 1; node >= 0; node--) {
      totals[node] += data.self(node) - data.base(node);
      ends[node] = Math.max(ends[node], node + 1);
      if (node > 0) {
        totals[parents[node]] += totals[node];
        ends[parents[node]] = Math.max(ends[parents[node]], ends[node]);
      }
    }
  }

  private int[] parents() {
    int[] parents = new int[data.nodeCount()];
    int[] open = new int[data.nodeCount() + 1];
    for (int node = 0; node < parents.length; node++) {
      open[data.depth(node)] = node;
      parents[node] = node == 0 ? 0 : open[data.depth(node) - 1];
    }
    return parents;
  }

  /** The groups as rows of a table, the heaviest first. */
  TopReport report(Report report, ReportContext context) {
    ValueFormat format = report.valueFormat();
    List<Integer> order = new ArrayList<>();
    for (int group = 0; group < flat.length; group++) {
      order.add(group);
    }
    boolean byCum = report.options().get(ReportOption.SORT).equals("cum");
    long[] first = byCum ? cum : flat;
    long[] second = byCum ? flat : cum;
    order.sort(
        Comparator.comparingLong((Integer group) -> -Math.abs(first[group]))
            .thenComparingLong(group -> -Math.abs(second[group]))
            .thenComparing(names::get));
    List<TopReport.Row> rows = new ArrayList<>();
    for (int group : order) {
      rows.add(
          new TopReport.Row(
              names.get(group),
              TopReport.Inlining.NONE,
              TopReport.value(flat[group], format, report.total()),
              TopReport.value(cum[group], format, report.total())));
    }
    ValueType values = new ValueType(report.values().type(), report.values().unit());
    return new TopReport(
        new ReportLabels(report, format, context.zone()).ofFlame(sum()),
        rows,
        report.total(),
        values);
  }

  private long sum() {
    long sum = 0;
    for (long value : flat) {
      sum += value;
    }
    return sum;
  }
}
