// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import io.pprof4j.report.ObjectTool.Instruction;
import io.pprof4j.report.ObjectTool.Symbol;
import io.pprof4j.report.internal.text.ValueFormat;
import java.util.List;

/**
 * Instructions of functions with their values.
 *
 * @param routines the functions that match, by name
 * @param total what percentages refer to
 * @param format how values are written
 */
public record AssemblyReport(List<Routine> routines, long total, ValueFormat format) {
  /**
   * A function.
   *
   * @param symbol its symbol
   * @param flat sum of its instructions' own values
   * @param cum sum of its instructions' values and those of what they called
   * @param rows its instructions
   */
  public record Routine(Symbol symbol, long flat, long cum, List<Row> rows) {}

  /**
   * An instruction.
   *
   * @param instruction the instruction, with the place in the source that is known of it
   * @param flat its own value
   * @param cum its value and that of what it called
   */
  public record Row(Instruction instruction, long flat, long cum) {}
}
