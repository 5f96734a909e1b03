// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.tools;

import io.pprof4j.report.ObjectTool.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what objdump prints with line numbers, GNU's or LLVM's. */
public final class ObjdumpOutput {
  private static final Pattern INSTRUCTION = Pattern.compile("^(\\p{XDigit}{1,16}):\\s+(.*)");
  private static final Pattern PLACE = Pattern.compile("^;?\\s?(.*):([0-9]+)");
  private static final Pattern FUNCTION = Pattern.compile("^;?\\s?(\\S.*)\\(\\):");
  private static final Pattern LLVM_FUNCTION = Pattern.compile("^(?:\\p{XDigit}+)?\\s?(.*):");

  private final List<Instruction> instructions = new ArrayList<>();
  private String function = "";
  private String file = "";
  private long line;

  private ObjdumpOutput() {}

  /** The instructions in the order printed. */
  public static List<Instruction> parse(String output) {
    ObjdumpOutput reader = new ObjdumpOutput();
    output.lines().map(String::strip).forEach(reader::line);
    return reader.instructions;
  }

  private void line(String text) {
    Matcher instruction = INSTRUCTION.matcher(text);
    if (instruction.find()) {
      long address = Long.parseUnsignedLong(instruction.group(1), 16);
      instructions.add(new Instruction(address, instruction.group(2), function, file, line));
      return;
    }
    Matcher place = PLACE.matcher(text);
    if (place.find()) {
      readPlace(place);
      return;
    }
    Matcher name = FUNCTION.matcher(text);
    Matcher llvmName = LLVM_FUNCTION.matcher(text);
    if (name.find()) {
      function = name.group(1);
    } else if (llvmName.find()) {
      function = llvmName.group(1);
    } else {
      function = "";
      file = "";
      line = 0;
    }
  }

  private void readPlace(Matcher place) {
    try {
      line = Integer.parseUnsignedInt(place.group(2));
      file = place.group(1);
    } catch (NumberFormatException tooLarge) {
      return; // As pprof does, keep the place before.
    }
  }
}
