// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.shell;

import io.pprof4j.cli.internal.flags.Command;
import io.pprof4j.cli.internal.flags.Commands;
import io.pprof4j.cli.internal.flags.UsageText;
import io.pprof4j.cli.internal.output.ReportRunner;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ValueType;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The interactive shell: reads commands, sets options, prints reports. */
public final class Shell {
  private static final String COMMENT = "//:";

  private final Profile profile;
  private final ReportRunner runner;
  private final ReportContext context;
  private final Console console;
  private final Map<String, List<String>> shortcuts = new HashMap<>();
  private ReportOptions options;

  /** A shell for one profile, which starts with these options. */
  public Shell(
      Profile profile,
      ReportOptions options,
      ReportRunner runner,
      ReportContext context,
      Console console) {
    // The original's shell works on a copy that it encodes and decodes for each command.
    this.profile = profile.withoutEmptyLabels();
    this.options = options.with(ReportOption.COMPACT_LABELS, true);
    this.runner = runner;
    this.context = context;
    this.console = console;
    addShortcuts();
  }

  private void addShortcuts() {
    shortcuts.put(":", List.of("focus=", "ignore=", "hide=", "tagfocus=", "tagignore="));
    for (ValueType type : profile.sampleTypes()) {
      String choose = "sample_index=" + type.type();
      shortcuts.put(type.type(), List.of(choose));
      shortcuts.put("total_" + type.type(), List.of("mean=0", choose));
      shortcuts.put("mean_" + type.type(), List.of("mean=1", choose));
    }
  }

  /**
   * Greets, and then obeys until the input ends or the user leaves.
   *
   * @throws CliException if the input fails
   */
  public void run(LineSource lines) throws CliException {
    Greeting.print(profile, options, context, console);
    try {
      for (String line = lines.next(); line != null; line = lines.next()) {
        String input = stripped(line);
        for (String command : shortcuts.getOrDefault(input, List.of(input))) {
          if (!obey(command, lines)) {
            return;
          }
        }
      }
    } catch (IOException e) {
      throw new CliException(String.valueOf(e.getMessage()));
    }
  }

  /** Carries out one command; false if it was the last. */
  private boolean obey(String input, LineSource lines) {
    try {
      if (assign(input)) {
        return true;
      }
      List<String> words = words(input);
      if (words.isEmpty()) {
        return true;
      }
      switch (words.get(0)) {
        case "o", "options" -> console.print(OptionsText.of(options, profile));
        case "exit", "quit", "q" -> {
          return false;
        }
        case "help" -> help(String.join(" ", words.subList(1, words.size())));
        default -> {
          ShellCommand command = ShellCommand.parse(words, options);
          lines.run(
              () -> runner.run(profile, command.command(), command.pattern(), command.options()));
        }
      }
    } catch (CliException failure) {
      console.printError(String.valueOf(failure.getMessage()));
    }
    return true;
  }

  /** The words between blanks. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int at = 0; at <= text.length(); at++) {
      boolean blank = at == text.length() || isBlank(text.charAt(at));
      if (blank && start >= 0) {
        words.add(text.substring(start, at));
        start = -1;
      } else if (!blank && start < 0) {
        start = at;
      }
    }
    return words;
  }

  /** Go's spaces: unlike the JDK's they include the one that is not to be broken. */
  private static boolean isBlank(char c) {
    return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
  }

  private static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Sets an option if the line is about one; false if it is a command. */
  private boolean assign(String input) throws CliException {
    int equals = input.indexOf('=');
    String name = stripped(equals < 0 ? input : input.substring(0, equals));
    Optional<ReportOption<?>> option = ReportOption.named(name);
    boolean choice = option.isEmpty() && ReportOption.ofChoice(name).isPresent();
    if (option.isEmpty() && !choice) {
      return false;
    }
    boolean bool = choice || option.get().isBoolean();
    if (equals < 0 && !bool) {
      throw new CliException("please specify a value, e.g. " + name + "=<val>");
    }
    String value = equals < 0 ? "" : stripped(withoutComment(input.substring(equals + 1)));
    if (name.equals(ReportOption.SAMPLE_INDEX.name())) {
      value = sampleType(value);
    }
    try {
      options = options.parse(name, value);
    } catch (ReportException e) {
      throw new CliException(String.valueOf(e.getMessage()));
    }
    return true;
  }

  private static String withoutComment(String value) {
    int comment = value.lastIndexOf(COMMENT);
    return comment < 0 ? value : value.substring(0, comment);
  }

  private String sampleType(String selector) throws CliException {
    try {
      return profile.sampleTypes().get(profile.sampleTypeIndex(selector)).type();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new CliException(String.valueOf(e.getMessage()));
    }
  }

  private void help(String topic) throws CliException {
    if (topic.isEmpty()) {
      console.print(UsageText.ofShell());
      return;
    }
    Command command = Commands.named(topic);
    if (command != null) {
      console.print(command.help());
      return;
    }
    Optional<ReportOption<?>> option = ReportOption.named(topic);
    Optional<ReportOption<?>> group = ReportOption.ofChoice(topic);
    if (group.isPresent()) {
      console.print(group.get().choiceHelp(topic) + "\n");
    } else if (option.isPresent() && option.get().choices().isEmpty()) {
      console.print(option.get().help() + sampleTypeHelp(topic) + "\n");
    } else {
      throw new CliException("Unknown command: " + topic);
    }
  }

  private String sampleTypeHelp(String option) {
    if (!option.equals(ReportOption.SAMPLE_INDEX.name())) {
      return "";
    }
    return "Or use sample_index=name, with name in ["
        + String.join(" ", typeNames(profile))
        + "].\n";
  }

  /** The names of the profile's sample types. */
  static List<String> typeNames(Profile profile) {
    List<String> names = new ArrayList<>();
    for (ValueType type : profile.sampleTypes()) {
      names.add(type.type());
    }
    return names;
  }
}
