// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

import io.pprof4j.report.ReportFormat;
import java.util.List;

/**
 * A report that can be asked for, as a flag on the command line and as a word in the shell.
 *
 * @param name the word
 * @param format the report
 * @param image what Graphviz calls the format, if it is a picture ({@code png}); else empty
 * @param output what becomes of it
 * @param suffix file name suffix, without a dot, for {@link Output#FILE} and {@link Output#VIEWER}
 * @param viewers command lines of programs that show it, best first; empty stands for the browsers
 * @param description one line for people
 * @param usage how it is used in the shell, line by line; may be empty
 */
public record Command(
    String name,
    ReportFormat format,
    String image,
    Output output,
    String suffix,
    List<String> viewers,
    String description,
    List<String> usage) {

  /** A report that is printed. */
  static Command printed(String name, ReportFormat format, String description, List<String> usage) {
    return new Command(name, format, "", Output.PRINT, "", List.of(), description, usage);
  }

  /** A report that is not for terminals. */
  static Command filed(
      String name, ReportFormat format, String suffix, String description, List<String> usage) {
    return new Command(name, format, "", Output.FILE, suffix, List.of(), description, usage);
  }

  /** A graph as a picture, which is not for terminals. */
  static Command picture(String name, ReportFormat format, String description, List<String> usage) {
    return new Command(name, format, name, Output.FILE, name, List.of(), description, usage);
  }

  /** Whether the command takes a regular expression that says which functions to show. */
  public boolean takesPattern() {
    return format.takesPattern();
  }

  /** The text of {@code help name}. */
  public String help() {
    StringBuilder text = new StringBuilder(description).append('\n');
    if (!usage.isEmpty()) {
      text.append("  Usage:\n");
      for (String line : usage) {
        text.append("    ").append(line).append('\n');
      }
    }
    return text.append('\n').toString();
  }
}
