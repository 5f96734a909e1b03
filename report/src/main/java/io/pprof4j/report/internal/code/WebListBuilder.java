// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import io.pprof4j.profile.Function;
import io.pprof4j.report.Measurement;
import io.pprof4j.report.ObjectTool.Frame;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.SourcePaths;
import io.pprof4j.report.WebListing;
import io.pprof4j.report.WebListing.InlinedCall;
import io.pprof4j.report.WebListing.LineKind;
import io.pprof4j.report.WebListing.ListedFunction;
import io.pprof4j.report.WebListing.ListedInstruction;
import io.pprof4j.report.WebListing.ListedLine;
import io.pprof4j.report.internal.code.WebListCode.Code;
import io.pprof4j.report.internal.code.WebListCode.Placed;
import io.pprof4j.report.internal.code.WebListCode.SourceCode;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.request.ReportLabels;
import io.pprof4j.report.internal.text.Columns;
import io.pprof4j.report.internal.text.ValueFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts source lines, values and instructions together. */
public final class WebListBuilder {
  private static final Code NO_CODE = new Code(0, 0, "", new Frame("", "", 0), 0, 0);

  private final Report report;
  private final SourceReader reader;
  private final ValueFormat format;
  private final WebListCode code;
  private final Map<String, String> namesOfSystemNames = new HashMap<>();

  private WebListBuilder(Report report, SourceReader reader, WebListCode code) {
    this.report = report;
    this.reader = reader;
    this.code = code;
    this.format = report.valueFormat();
    for (Function function : report.profile().functions()) {
      namesOfSystemNames.put(function.systemName(), function.name());
    }
  }

  /**
   * The functions that match the report's pattern.
   *
   * @param maxFiles how many files to show, the heaviest; negative for all, by name
   * @throws ReportException if there are none
   */
  public static WebListing build(Report report, ReportContext context, int maxFiles)
      throws ReportException {
    WebListSamples samples = new WebListSamples(report);
    if (samples.functions.isEmpty()) {
      throw new ReportException(
          "no matches found for regexp: " + report.pattern().orElseThrow().text());
    }
    SourceReader reader = new SourceReader(context.sources(), report.options());
    try (WebListCode code = new WebListCode(report, samples, context.objects())) {
      WebListBuilder builder = new WebListBuilder(report, reader, code);
      List<String> legend = new ReportLabels(report, builder.format, context.zone()).ofProfile();
      return new WebListing(
          find(legend, "File: ") + " " + find(legend, "Type: "),
          legend,
          builder.format.text(report.total()),
          builder.functions(maxFiles));
    }
  }

  private static String find(List<String> legend, String prefix) {
    return legend.stream()
        .filter(line -> line.startsWith(prefix))
        .findFirst()
        .map(line -> line.substring(prefix.length()))
        .orElse("unknown");
  }

  private List<ListedFunction> functions(int maxFiles) {
    List<String> names = new ArrayList<>(code.files.keySet());
    if (maxFiles >= 0) {
      names.sort((a, b) -> Long.compare(flat(b), flat(a)));
      names = names.subList(0, Math.min(maxFiles, names.size()));
    }
    List<ListedFunction> functions = new ArrayList<>();
    for (String name : names) {
      SourceCode file = code.files.getOrDefault(name, new SourceCode());
      for (LineRange range : LineRange.of(file, code, namesOfSystemNames)) {
        if (range.cum() != 0) {
          functions.add(function(name, file, range));
        }
      }
    }
    return functions;
  }

  /** An address may be on several lines, of functions inlined into each other. */
  private long flat(String file) {
    Set<Long> seen = new HashSet<>();
    long flat = 0;
    for (List<Placed> line : code.files.getOrDefault(file, new SourceCode()).lines.values()) {
      for (Placed placed : line) {
        if (seen.add(placed.address())) {
          flat += codeAt(placed.address()).flat();
        }
      }
    }
    return flat;
  }

  private Code codeAt(long address) {
    return code.instructions.getOrDefault(address, NO_CODE);
  }

  private ListedFunction function(String path, SourceCode file, LineRange range) {
    List<ListedLine> lines = new ArrayList<>();
    for (long number = range.begin(); number < range.end(); number++) {
      List<Placed> placed = file.lines.getOrDefault(number, List.of());
      Optional<String> text = reader.line(path, range.name(), number);
      if (text.isPresent() || !placed.isEmpty()) {
        lines.add(line(number, text, placed));
      }
    }
    return new ListedFunction(
        range.name(),
        path,
        format.text(range.flat()),
        format.text(range.cum()),
        Measurement.percentage(range.cum(), report.total()),
        reader.note(path, range.name()),
        lines);
  }

  private ListedLine line(long number, Optional<String> text, List<Placed> placed) {
    String source = text.orElse(number == 0 ? "<instructions with unknown line numbers>" : "???");
    long flat = 0;
    long cum = 0;
    boolean folded = false;
    for (Placed instruction : placed) {
      Code at = codeAt(instruction.address());
      flat += at.flat();
      cum += at.cum();
      folded |= !instruction.calls().isEmpty() || !at.text().isEmpty();
    }
    LineKind kind = placed.isEmpty() ? LineKind.EMPTY : folded ? LineKind.FOLDED : LineKind.PLAIN;
    return new ListedLine(
        number,
        source,
        kind,
        format.textOrDot(flat),
        format.textOrDot(cum),
        folded ? instructions(Columns.indentation(source), placed) : List.of());
  }

  private List<ListedInstruction> instructions(int indent, List<Placed> placed) {
    List<ListedInstruction> instructions = new ArrayList<>();
    List<Frame> shown = List.of();
    long end = 0;
    for (Placed instruction : placed) {
      Code at = codeAt(instruction.address());
      boolean startsBlock =
          !instructions.isEmpty()
              && instruction.address() != end
              && !(WebListCode.isBytecode(instruction.address()) && !isShown(instructions));
      end = instruction.address() + at.length();
      Frame frame = at.frame();
      String text = " ".repeat(indent + 4 + 4 * instruction.calls().size()) + at.text();
      instructions.add(
          new ListedInstruction(
              startsBlock,
              at.text().isEmpty(),
              format.textOrDot(at.flat()),
              format.textOrDot(at.cum()),
              at.objectAddress(),
              Columns.pad(text),
              frame.file().isEmpty() ? "" : SourcePaths.baseName(frame.file()) + ":" + frame.line(),
              calls(indent, instruction.calls(), shown)));
      shown = instruction.calls();
    }
    return instructions;
  }

  /** Whether there is one that is seen: values of a line without an address are not. */
  private static boolean isShown(List<ListedInstruction> instructions) {
    return instructions.stream().anyMatch(instruction -> !instruction.synthetic());
  }

  /** The calls, without those at the start that the instruction before has too. */
  private List<InlinedCall> calls(int indent, List<Frame> calls, List<Frame> shown) {
    List<InlinedCall> listed = new ArrayList<>();
    for (int at = 0; at < calls.size(); at++) {
      Frame call = calls.get(at);
      boolean same = listed.isEmpty() && at < shown.size() && isSamePlace(shown.get(at), call);
      if (!same) {
        String source = reader.line(call.file(), call.function(), call.line()).orElse("");
        String text = " ".repeat(indent + 4 + 4 * at) + source.strip();
        listed.add(
            new InlinedCall(Columns.pad(text), SourcePaths.baseName(call.file()), call.line()));
      }
    }
    return listed;
  }

  private static boolean isSamePlace(Frame a, Frame b) {
    return a.file().equals(b.file()) && a.line() == b.line();
  }
}
