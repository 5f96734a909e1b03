// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import io.pprof4j.profile.Mapping;
import io.pprof4j.report.NodeInfo;
import io.pprof4j.report.ObjectTool;
import io.pprof4j.report.ObjectTool.Instruction;
import io.pprof4j.report.ObjectTool.ObjectFile;
import io.pprof4j.report.ObjectTool.Symbol;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.SourcePaths;
import io.pprof4j.report.internal.code.AssemblyReport.Routine;
import io.pprof4j.report.internal.code.AssemblyReport.Row;
import io.pprof4j.report.internal.graph.Graph;
import io.pprof4j.report.internal.graph.GraphTrimmer;
import io.pprof4j.report.internal.pattern.SearchPattern;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.text.ByteOrder;
import io.pprof4j.report.internal.text.GoMath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Disassembles the functions that a report asks for and attributes samples to instructions. */
public final class AssemblyBuilder {
  private final Report report;
  private final ObjectTool objects;
  private final Consumer<String> output;
  private final Graph graph;
  private final Predicate<String> wanted;
  private final OptionalLong address;

  /** A symbol, the file it is in, and the nodes that fall into it. */
  private record Found(Symbol symbol, ObjectFile file, List<Integer> nodes) {}

  /**
   * Prepares a report.
   *
   * @param output takes a line for each binary that cannot be opened, as part of the output
   */
  public AssemblyBuilder(Report report, ObjectTool objects, Consumer<String> output) {
    this.report = report;
    this.objects = objects;
    this.output = output;
    this.graph = GraphTrimmer.untrimmed(report, report.separatingRules());
    SearchPattern pattern = report.pattern().orElseThrow();
    this.wanted = pattern.finder();
    this.address = Addresses.parse(pattern.text());
  }

  /**
   * The functions that match, those of the JVM first.
   *
   * @throws ReportException if there are none
   */
  public AssemblyReport build() throws ReportException {
    Bytecode bytecode = new Bytecode(report.profile(), objects);
    List<Routine> routines =
        new ArrayList<>(new BytecodeRoutines(graph, bytecode).matching(wanted));
    List<ObjectFile> open = new ArrayList<>();
    try {
      routines.addAll(nativeRoutines(open, routines.isEmpty()));
    } finally {
      open.forEach(ObjectFile::close);
    }
    return new AssemblyReport(routines, report.total(), report.valueFormat());
  }

  private List<Routine> nativeRoutines(List<ObjectFile> open, boolean required)
      throws ReportException {
    List<Found> symbols = symbols(open, required);
    List<Found> sampled =
        symbols.stream()
            .filter(found -> !found.nodes.isEmpty())
            .sorted(
                Comparator.comparing(
                        (Found found) -> found.symbol.names().get(0), ByteOrder.COMPARATOR)
                    .thenComparing(found -> found.symbol.start(), Long::compareUnsigned))
            .toList();
    if (sampled.isEmpty() && required) {
      throw noMatches(symbols.isEmpty());
    }
    List<Routine> routines = new ArrayList<>();
    for (Found found : sampled) {
      routines.add(routine(found));
    }
    return routines;
  }

  private ReportException noMatches(boolean noSymbols) {
    if (address.isEmpty()) {
      return new ReportException(
          "no matches found for regexp " + report.pattern().orElseThrow().text());
    }
    String hex = Long.toHexString(address.getAsLong());
    return new ReportException(
        noSymbols
            ? "no matches found for address 0x" + hex
            : "address 0x"
                + hex
                + " found in binary, but the corresponding symbols do not have samples in the"
                + " profile");
  }

  private List<Found> symbols(List<ObjectFile> open, boolean required) {
    Set<String> files = new HashSet<>();
    for (int node : graph.shown) {
      NodeInfo info = graph.info(node);
      if (!info.objectFile().isEmpty() && wanted.test(info.printableName())) {
        files.add(info.objectFile());
      }
    }
    List<Found> found = new ArrayList<>();
    for (Mapping mapping : report.profile().mappings()) {
      if (files.contains(mapping.filename()) || covers(mapping)) {
        open(mapping, open, required).ifPresent(file -> found.addAll(symbolsOf(file)));
      }
    }
    return found;
  }

  private boolean covers(Mapping mapping) {
    return address.isPresent()
        && Long.compareUnsigned(mapping.start(), address.getAsLong()) <= 0
        && Long.compareUnsigned(address.getAsLong(), mapping.limit()) <= 0;
  }

  /** A jar cannot be opened as a binary, which is no news when bytecode was found in it. */
  private java.util.Optional<ObjectFile> open(
      Mapping mapping, List<ObjectFile> open, boolean required) {
    try {
      ObjectFile file =
          objects.open(
              new ObjectTool.Image(
                  mapping.filename(), mapping.start(), mapping.limit(), mapping.offset()));
      open.add(file);
      return java.util.Optional.of(file);
    } catch (IOException unreadable) {
      if (required) {
        output.accept(String.valueOf(unreadable.getMessage()));
      }
      return java.util.Optional.empty();
    }
  }

  private List<Found> symbolsOf(ObjectFile file) {
    List<Found> found = new ArrayList<>();
    try {
      for (Symbol symbol : file.symbols(wanted, address.orElse(0))) {
        found.add(new Found(symbol, file, nodesOf(symbol, file)));
      }
    } catch (IOException unreadable) {
      return List.of();
    }
    return found;
  }

  private List<Integer> nodesOf(Symbol symbol, ObjectFile file) {
    List<Integer> nodes = new ArrayList<>();
    for (int node : graph.shown) {
      long object = objectAddress(file, node);
      if (Long.compareUnsigned(object, symbol.start()) >= 0
          && Long.compareUnsigned(object, symbol.end()) <= 0) {
        nodes.add(node);
      }
    }
    nodes.sort(
        Comparator.comparing((Integer node) -> graph.info(node).address(), Long::compareUnsigned));
    return nodes;
  }

  /** The largest address, which no symbol contains, if the node has none in the file. */
  private long objectAddress(ObjectFile file, int node) {
    try {
      return file.objectAddress(graph.info(node).address());
    } catch (IOException outside) {
      return -1;
    }
  }

  private Routine routine(Found found) throws ReportException {
    Symbol symbol = found.symbol;
    ObjectTool.Syntax syntax =
        report.options().get(ReportOption.INTEL_SYNTAX)
            ? ObjectTool.Syntax.INTEL
            : ObjectTool.Syntax.ATT;
    // The end of the last symbol may be unknown, which is the largest address.
    long end = symbol.end() == -1 ? -1 : symbol.end() + 1;
    try {
      List<Instruction> instructions =
          objects.disassemble(symbol.filename(), new ObjectTool.Range(symbol.start(), end), syntax);
      return routine(found, instructions);
    } catch (IOException failed) {
      throw new ReportException(String.valueOf(failed.getMessage()));
    }
  }

  private Routine routine(Found found, List<Instruction> instructions) {
    List<Row> rows = new ArrayList<>();
    long flat = 0;
    long cum = 0;
    for (int node : found.nodes) {
      flat += graph.flat[node];
      cum += graph.cum[node];
    }
    int next = 0;
    for (int at = 0; at < instructions.size(); at++) {
      long end = at + 1 < instructions.size() ? instructions.get(at + 1).address() : -1;
      List<Integer> hit = new ArrayList<>();
      // A sample may point into the middle of an instruction.
      while (next < found.nodes.size()
          && Long.compareUnsigned(objectAddress(found.file, found.nodes.get(next)), end) < 0) {
        hit.add(found.nodes.get(next++));
      }
      rows.add(row(instructions.get(at), hit));
    }
    return new Routine(found.symbol, flat, cum, rows);
  }

  /** What the disassembler does not know of the source, the samples may. */
  private Row row(Instruction instruction, List<Integer> nodes) {
    String function = instruction.function();
    String file = instruction.file().isEmpty() ? "" : SourcePaths.baseName(instruction.file());
    long line = instruction.line();
    long flat = 0;
    long flatDivisor = 0;
    long cum = 0;
    long cumDivisor = 0;
    for (int node : nodes) {
      NodeInfo info = graph.info(node);
      flat += graph.flat[node];
      cum += graph.cum[node];
      if (graph.flatDivisor.length > 0) {
        flatDivisor += graph.flatDivisor[node];
        cumDivisor += graph.cumDivisor[node];
      }
      file = file.isEmpty() && !info.file().isEmpty() ? SourcePaths.baseName(info.file()) : file;
      line = line == 0 ? info.line() : line;
      function = function.isEmpty() ? info.name() : function;
    }
    return new Row(
        new Instruction(instruction.address(), instruction.text(), function, file, line),
        GoMath.mean(flat, flatDivisor),
        GoMath.mean(cum, cumDivisor));
  }
}
