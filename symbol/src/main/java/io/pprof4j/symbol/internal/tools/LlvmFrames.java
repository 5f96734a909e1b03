// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.tools;

import io.pprof4j.report.ObjectTool.Frame;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Frames by LLVM's symbolizer, which prints a line of JSON for each address. */
public final class LlvmFrames implements AddressFrames {
  /** A member with a text or a number, or the end of an object. */
  private static final Pattern MEMBER =
      Pattern.compile("\"(\\w+)\":(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(\\d++))|\\}");

  private final ToolDialogue tool;

  /** Starts the program for a binary. */
  public LlvmFrames(Path program, Path file) throws IOException {
    // The file is an option and no part of the questions, where its name could be read as others.
    tool =
        new ToolDialogue(
            List.of(
                program.toString(),
                "--inlining",
                "-demangle=false",
                "--output-style=JSON",
                "--obj=" + file));
  }

  @Override
  public List<Frame> of(long objectAddress) throws IOException {
    return tool.ask("CODE 0x" + Long.toHexString(objectAddress) + "\n", LlvmFrames::answer);
  }

  private static List<Frame> answer(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new EOFException("llvm-symbolizer ended");
    }
    return parse(line);
  }

  /** The elements of the array {@code Symbol}. */
  static List<Frame> parse(String json) {
    List<Frame> frames = new ArrayList<>();
    int start = json.indexOf("\"Symbol\":[");
    Matcher member = MEMBER.matcher(start < 0 ? "" : json.substring(start));
    String function = "";
    String file = "";
    long line = 0;
    long column = 0;
    long startLine = 0;
    while (member.find()) {
      String name = String.valueOf(member.group(1));
      switch (name) {
        case "FunctionName" -> function = text(member);
        case "FileName" -> file = text(member);
        case "Line" -> line = number(member);
        case "Column" -> column = number(member);
        case "StartLine" -> startLine = number(member);
        case "null" -> {
          frames.add(new Frame(function, file, line, column, startLine));
          function = "";
          file = "";
          line = 0;
          column = 0;
          startLine = 0;
        }
        default -> {}
      }
    }
    // The last bracket closes the object that holds the array.
    return frames.isEmpty() ? frames : frames.subList(0, frames.size() - 1);
  }

  private static long number(Matcher member) {
    return member.group(3) == null ? 0 : Long.parseLong(member.group(3));
  }

  private static String text(Matcher member) {
    String escaped = member.group(2) == null ? "" : member.group(2);
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < escaped.length(); at++) {
      char c = escaped.charAt(at);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escape = escaped.charAt(++at);
      switch (escape) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          if (at + 4 < escaped.length()) {
            text.append((char) Integer.parseInt(escaped.substring(at + 1, at + 5), 16));
            at += 4;
          }
        }
        default -> text.append(escape);
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    tool.close();
  }
}
