// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.Measurement;
import io.pprof4j.report.ObjectTool.Instruction;
import io.pprof4j.report.ObjectTool.Symbol;
import io.pprof4j.report.internal.code.AssemblyReport;
import io.pprof4j.report.internal.text.TextOutput;
import io.pprof4j.report.internal.text.ValueFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Prints an {@link AssemblyReport} as text. */
public final class DisasmPrinter {
  private static final int LONG_INSTRUCTION = 40;

  private final AssemblyReport assembly;
  private final TextOutput out;
  private String place = "";

  private DisasmPrinter(AssemblyReport assembly, OutputStream target) {
    this.assembly = assembly;
    this.out = new TextOutput(target);
  }

  /** Prints to a stream, which is not closed. */
  public static void print(AssemblyReport assembly, OutputStream target) throws IOException {
    DisasmPrinter printer = new DisasmPrinter(assembly, target);
    printer.out.line("Total: " + assembly.format().text(assembly.total()));
    for (AssemblyReport.Routine routine : assembly.routines()) {
      printer.routine(routine);
    }
    printer.out.flush();
  }

  private void routine(AssemblyReport.Routine routine) throws IOException {
    Symbol symbol = routine.symbol();
    out.line("ROUTINE ======================== " + symbol.names().get(0));
    List<String> aliases = symbol.names().subList(1, symbol.names().size());
    for (String alias : aliases) {
      out.line("    AKA ======================== " + alias);
    }
    ValueFormat format = assembly.format();
    out.left(format.text(routine.flat()), 10).text(" ");
    out.left(format.text(routine.cum()), 10).text(" (flat, cum) ");
    out.text(Measurement.percentage(routine.cum(), assembly.total())).line(" of Total");
    place = "";
    for (AssemblyReport.Row row : routine.rows()) {
      row(row);
    }
  }

  private void row(AssemblyReport.Row row) throws IOException {
    Instruction instruction = row.instruction();
    String newPlace = changedPlace(instruction);
    boolean isLong = instruction.text().length() >= LONG_INSTRUCTION;
    if (!newPlace.isEmpty() && isLong) {
      out.left("", 74).text(";").line(newPlace);
    }
    out.left(assembly.format().textOrDot(row.flat()), 10).text(" ");
    out.left(assembly.format().textOrDot(row.cum()), 10).text(" ");
    out.left(Long.toHexString(instruction.address()), 10).text(": ");
    if (newPlace.isEmpty() || isLong) {
      out.line(instruction.text());
    } else {
      out.right(instruction.text(), LONG_INSTRUCTION).text(";").line(newPlace);
    }
  }

  /** Function, file and line of an instruction; empty if the one before it had the same. */
  private String changedPlace(Instruction instruction) {
    StringBuilder text = new StringBuilder();
    if (!instruction.function().isEmpty()) {
      text.append(instruction.function()).append(' ');
    }
    if (!instruction.file().isEmpty()) {
      text.append(instruction.file());
      if (instruction.line() != 0) {
        text.append(':').append(instruction.line());
      }
    }
    String here = text.toString();
    // The place as a whole: a line may change while no file is known.
    String key = here + '\0' + instruction.line();
    boolean same = key.equals(place) || (place.isEmpty() && key.equals("\0" + 0));
    place = key;
    return same ? "" : here;
  }
}
