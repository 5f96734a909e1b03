// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.shell;

import io.pprof4j.cli.internal.flags.Command;
import io.pprof4j.cli.internal.flags.Commands;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.flags.GoQuote;
import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report that the shell was asked for: {@code top5 -cum focus -ignore >file}.
 *
 * @param command the report
 * @param pattern the functions to report, for commands that take a pattern
 * @param options the options, with those that the line sets for itself alone
 */
record ShellCommand(Command command, String pattern, ReportOptions options) {
  private static final int TOP_ROWS = 10;

  /**
   * Reads the words of a line.
   *
   * @throws CliException if they make no command
   */
  static ShellCommand parse(List<String> words, ReportOptions options) throws CliException {
    String name = words.get(0);
    List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
    Command command = Commands.named(name);
    if (command == null) {
      int digits = name.length();
      while (digits > 0 && isDigit(name.charAt(digits - 1))) {
        digits--;
      }
      if (digits > 0 && digits < name.length()) {
        arguments.add(0, name.substring(digits));
        name = name.substring(0, digits);
        command = Commands.named(name);
      }
    }
    if (command == null) {
      throw unrecognized(name, arguments);
    }
    String pattern = "";
    if (command.takesPattern()) {
      if (arguments.isEmpty()) {
        throw new CliException("command " + name + " requires an argument");
      }
      pattern = arguments.remove(0);
    }
    return new ShellCommand(command, pattern, withArguments(command, arguments, options));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static CliException unrecognized(String name, List<String> arguments) {
    boolean hasHelp =
        ReportOption.ofChoice(name).isPresent()
            || ReportOption.named(name).filter(option -> option.choices().isEmpty()).isPresent();
    if (hasHelp) {
      String value = arguments.isEmpty() ? "<val>" : arguments.get(0);
      return new CliException("did you mean: " + name + "=" + value);
    }
    return new CliException("unrecognized command: " + GoQuote.quote(name));
  }

  private static ReportOptions withArguments(
      Command command, List<String> arguments, ReportOptions options) throws CliException {
    ReportOptions result = options;
    String focus = "";
    String ignore = "";
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      Long number = number(word);
      if (number != null) {
        result = result.with(ReportOption.NODE_COUNT, number);
      } else if (word.equals("-cum") || word.equals("--cum")) {
        result = result.with(ReportOption.SORT, "cum");
      } else if (word.equals(">")) {
        if (++i >= arguments.size()) {
          throw new CliException("unexpected end of line after >");
        }
        result = result.with(ReportOption.OUTPUT, arguments.get(i));
      } else if (word.charAt(0) == '>') {
        result = result.with(ReportOption.OUTPUT, word.substring(1));
      } else if (word.charAt(0) == '-') {
        ignore = either(ignore, word.substring(1));
      } else {
        focus = either(focus, word);
      }
    }
    return withDefaults(command, filtered(command, result, focus, ignore));
  }

  private static ReportOptions filtered(
      Command command, ReportOptions options, String focus, String ignore) {
    boolean tags = command.format() == ReportFormat.TAGS;
    ReportOptions result = options;
    if (!focus.isEmpty()) {
      result = result.with(tags ? ReportOption.TAG_FOCUS : ReportOption.FOCUS, focus);
    }
    if (!ignore.isEmpty()) {
      result = result.with(tags ? ReportOption.TAG_IGNORE : ReportOption.IGNORE, ignore);
    }
    return result;
  }

  private static ReportOptions withDefaults(Command command, ReportOptions options) {
    boolean unset = options.get(ReportOption.NODE_COUNT) == -1;
    return unset && isTop(command.format())
        ? options.with(ReportOption.NODE_COUNT, (long) TOP_ROWS)
        : options;
  }

  /** Whether a report is one of the heaviest nodes, of which the shell shows the first. */
  private static boolean isTop(ReportFormat format) {
    return switch (format) {
      case TEXT, JSON, CSV, MARKDOWN -> true;
      default -> false;
    };
  }

  /** The word as a number of 32 bits; null if it is none. */
  private static @Nullable Long number(String word) {
    int start = word.charAt(0) == '-' || word.charAt(0) == '+' ? 1 : 0;
    if (start == word.length()) {
      return null;
    }
    for (int at = start; at < word.length(); at++) {
      if (!isDigit(word.charAt(at))) {
        return null;
      }
    }
    try {
      return (long) Integer.parseInt(word);
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  private static String either(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "|" + second;
  }
}
