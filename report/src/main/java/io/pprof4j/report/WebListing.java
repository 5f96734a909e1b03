// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.util.List;

/**
 * Annotated source with the instructions of each line, for a page that folds the instructions.
 *
 * @param title file and type of the profile
 * @param legend lines about the profile
 * @param total total of the profile, with unit
 * @param functions the functions that match, in the order of their files and lines
 */
public record WebListing(
    String title, List<String> legend, String total, List<ListedFunction> functions) {
  /** Copies the lists. */
  public WebListing {
    legend = List.copyOf(legend);
    functions = List.copyOf(functions);
  }

  /**
   * A part of a function.
   *
   * @param name its name
   * @param file its source file
   * @param flat its own value, with unit
   * @param cum its value and that of what it called, with unit
   * @param percent share of {@code cum} in the total, six characters
   * @param note what is to be said of the file's origin, or empty
   * @param lines its lines
   */
  public record ListedFunction(
      String name,
      String file,
      String flat,
      String cum,
      String percent,
      String note,
      List<ListedLine> lines) {
    /** Copies the list. */
    public ListedFunction {
      lines = List.copyOf(lines);
    }
  }

  /** What is known of a line. */
  public enum LineKind {
    /** No instruction is of this line. */
    EMPTY,
    /** It has values, but no instructions to show. */
    PLAIN,
    /** It has instructions to show. */
    FOLDED
  }

  /**
   * A line.
   *
   * @param number its number; 0 if unknown
   * @param source its text
   * @param kind what is known of it
   * @param flat its own value, with unit, or a dot
   * @param cum its value and that of what it called, with unit, or a dot
   * @param instructions its instructions
   */
  public record ListedLine(
      long number,
      String source,
      LineKind kind,
      String flat,
      String cum,
      List<ListedInstruction> instructions) {
    /** Copies the list. */
    public ListedLine {
      instructions = List.copyOf(instructions);
    }
  }

  /**
   * An instruction.
   *
   * @param startsBlock whether it does not follow the one before
   * @param synthetic whether it stands for instructions that nobody can read
   * @param flat its own value, with unit, or a dot
   * @param cum its value and that of what it called, with unit, or a dot
   * @param address its address in the binary
   * @param text the instruction, indented as its source
   * @param place file and line, or empty
   * @param calls the inlined calls that lead to it, outermost first, unless shown before
   */
  public record ListedInstruction(
      boolean startsBlock,
      boolean synthetic,
      String flat,
      String cum,
      long address,
      String text,
      String place,
      List<InlinedCall> calls) {
    /** Copies the list. */
    public ListedInstruction {
      calls = List.copyOf(calls);
    }
  }

  /**
   * A call that was inlined.
   *
   * @param source text of the line, indented
   * @param file base name of its file
   * @param line its number
   */
  public record InlinedCall(String source, String file, long line) {}
}
