// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.profiling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what requests cost. */
public final class CostPrinter {
  private CostPrinter() {}

  /** As text, to stand after the summary. */
  public static String text(TargetProfiler profiler, List<Cost> costs) {
    StringBuilder out = new StringBuilder();
    out.append("Cost per request, by profiles of ").append(profiler.endpoint()).append(":\n");
    for (Cost cost : costs) {
      out.append("  ").append(cost.name()).append(":\t");
      out.append(number(cost.perRequest())).append(' ').append(cost.unit()).append('\n');
      for (Cost.Share share : cost.top()) {
        String percent = String.format(Locale.ROOT, "%5.1f%%", share.percent());
        out.append("    ").append(percent).append('\t').append(number(share.perRequest()));
        out.append(' ').append(cost.unit()).append('\t').append(share.function()).append('\n');
      }
    }
    profiler
        .problems()
        .forEach(problem -> out.append("  not available: ").append(problem).append('\n'));
    profiler.saved().forEach(file -> out.append("  saved ").append(file).append('\n'));
    return out.append('\n').toString();
  }

  /**
   * As fields to stand in a report: {@code Costs} with the names of {@link Cost}, {@code
   * ProfileProblems} and {@code SavedProfiles}.
   */
  public static Map<String, Object> fields(TargetProfiler profiler, List<Cost> costs) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Costs", costs.stream().map(CostPrinter::fields).toList());
    fields.put("ProfileProblems", profiler.problems());
    fields.put("SavedProfiles", profiler.saved().stream().map(String::valueOf).toList());
    return fields;
  }

  private static Map<String, Object> fields(Cost cost) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Name", cost.name());
    fields.put("Unit", cost.unit());
    fields.put("PerRequest", cost.perRequest());
    List<Map<String, Object>> top = new ArrayList<>();
    for (Cost.Share share : cost.top()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("Function", share.function());
      line.put("PerRequest", share.perRequest());
      line.put("Percent", share.percent());
      top.add(line);
    }
    fields.put("Top", top);
    return fields;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
  }
}
