// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import io.pprof4j.report.NodeInfo;
import io.pprof4j.report.ObjectTool.Instruction;
import io.pprof4j.report.ObjectTool.MethodCode;
import io.pprof4j.report.ObjectTool.Symbol;
import io.pprof4j.report.internal.code.AssemblyReport.Routine;
import io.pprof4j.report.internal.code.AssemblyReport.Row;
import io.pprof4j.report.internal.graph.Graph;
import io.pprof4j.report.internal.text.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Bytecode of the methods of a profile. Profiles of JVMs know lines, not instructions: the value of
 * a line stands at its first instruction.
 */
final class BytecodeRoutines {
  private final Graph graph;
  private final Bytecode bytecode;

  BytecodeRoutines(Graph graph, Bytecode bytecode) {
    this.graph = graph;
    this.bytecode = bytecode;
  }

  /** Values of a line. */
  private record Values(long flat, long cum) {
    private Values plus(Values other) {
      return new Values(flat + other.flat, cum + other.cum);
    }
  }

  List<Routine> matching(Predicate<String> wanted) {
    Map<String, Map<Long, Values>> functions = new TreeMap<>(ByteOrder.COMPARATOR);
    for (int node : graph.shown) {
      NodeInfo info = graph.info(node);
      if (wanted.test(info.name()) && info.address() == 0) {
        functions
            .computeIfAbsent(info.name(), name -> new HashMap<>())
            .merge(info.line(), new Values(graph.flat[node], graph.cum[node]), Values::plus);
      }
    }
    List<Routine> routines = new ArrayList<>();
    functions.forEach(
        (name, lines) ->
            bytecode
                .of(name)
                .forEach(method -> routine(name, method, lines).ifPresent(routines::add)));
    return routines;
  }

  /** Empty if no sample is in the method, as with overloads that were not called. */
  private static Optional<Routine> routine(
      String name, MethodCode method, Map<Long, Values> lines) {
    List<Row> rows = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    Values sum = new Values(0, 0);
    for (Instruction instruction : method.instructions()) {
      Values values =
          seen.add(instruction.line())
              ? lines.getOrDefault(instruction.line(), new Values(0, 0))
              : new Values(0, 0);
      sum = sum.plus(values);
      rows.add(new Row(instruction, values.flat(), values.cum()));
    }
    if (sum.flat() == 0 && sum.cum() == 0) {
      return Optional.empty();
    }
    Symbol symbol = new Symbol(List.of(name, method.systemName()), method.origin(), 0, 0);
    return Optional.of(new Routine(symbol, sum.flat(), sum.cum(), rows));
  }
}
