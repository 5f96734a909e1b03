// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.shell;

import io.pprof4j.cli.internal.flags.Command;
import io.pprof4j.cli.internal.flags.Commands;
import io.pprof4j.profile.Functions;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/** Completes commands, options, what there is help for, and names of functions. */
final class ShellCompleter implements Completer {
  private static final String SPECIAL = "\\$()*+?[]{}|^";

  private final Profile profile;
  private @Nullable Set<String> functions;

  ShellCompleter(Profile profile) {
    this.profile = profile;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (line.wordIndex() == 0) {
      addFirstWords(candidates);
      return;
    }
    String command = line.words().get(0);
    if (command.equals("help")) {
      addTopics(candidates);
    } else if (isAboutFunctions(command)) {
      String sign = line.word().startsWith("-") ? "-" : "";
      for (String name : functions()) {
        candidates.add(new Candidate(sign + name));
      }
    }
  }

  /** Whether a command takes expressions of functions; digits may follow its name. */
  private static boolean isAboutFunctions(String word) {
    int end = word.length();
    while (end > 0 && Character.isDigit(word.charAt(end - 1))) {
      end--;
    }
    return !word.equals("tags") && Commands.named(word.substring(0, end)) != null;
  }

  private void addFirstWords(List<Candidate> candidates) {
    addCommands(candidates);
    for (String word : List.of("help", "options", "quit", "exit")) {
      candidates.add(new Candidate(word));
    }
    for (String type : Shell.typeNames(profile)) {
      candidates.add(new Candidate(type));
    }
    for (ReportOption<?> option : ReportOption.all()) {
      if (option.isBoolean()) {
        candidates.add(new Candidate(option.name()));
        continue;
      }
      String assignment = option.name() + "=";
      candidates.add(
          new Candidate(assignment, assignment, null, null, null, null, /* complete= */ false));
      for (String choice : option.choices()) {
        candidates.add(new Candidate(choice));
        candidates.add(new Candidate(assignment + choice));
      }
    }
  }

  private static void addTopics(List<Candidate> candidates) {
    addCommands(candidates);
    for (ReportOption<?> option : ReportOption.all()) {
      addNames(option, candidates);
    }
  }

  private static void addCommands(List<Candidate> candidates) {
    for (Command command : Commands.all()) {
      candidates.add(new Candidate(command.name()));
    }
    for (Command command : Commands.more()) {
      candidates.add(new Candidate(command.name()));
    }
  }

  /** Adds the words that stand for an option: its name, and its choices. */
  private static void addNames(ReportOption<?> option, List<Candidate> candidates) {
    candidates.add(new Candidate(option.name()));
    for (String choice : option.choices()) {
      candidates.add(new Candidate(choice));
    }
  }

  private Set<String> functions() {
    Set<String> names = functions;
    if (names == null) {
      names = new TreeSet<>();
      Functions table = profile.functions();
      for (int row = 0; row < table.size(); row++) {
        names.add(expression(table.name(row)));
      }
      functions = names;
    }
    return names;
  }

  /** An expression that matches a name and is one word. */
  private static String expression(String name) {
    StringBuilder expression = new StringBuilder(name.length());
    for (int at = 0; at < name.length(); at++) {
      char c = name.charAt(at);
      if (Character.isWhitespace(c)) {
        expression.append('.');
      } else {
        expression.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
    return expression.toString();
  }
}
