// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.flags.Flag;
import io.pprof4j.report.ReportOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts of {@code pprof help}: an overview, chapters, and a page for each command and option.
 */
public final class HelpText {
  private static final int NAME_WIDTH = 14;

  private static final String OVERVIEW =
      """
      pprof reads profiles and shows where time and memory go.

        pprof -top   [options] [binary] SOURCE...    a report (-top, -tree, -list=REGEXP, -svg ...)
        pprof        [options] [binary] SOURCE...    a shell in which to ask one question after another
        pprof -http=:8080      [binary] SOURCE...    pages in the browser

      A SOURCE is a file, the address of a server, or a running JVM:

        pprof -top cpu.pb.gz
        pprof -flame recording.jfr >flame.html
        pprof -top 'http://localhost:6060/debug/pprof/profile?seconds=10'
        pprof jvm:12345/heap

      Often used:

        -cum              heaviest with all they called first
        -focus=REGEXP     only samples with a matching function; -ignore=REGEXP without
        -sample_index=T   what to count: cpu, alloc_space, inuse_space ...
        -diff_base=FILE   compare with another profile
        -nodecount=N      how many rows

      More:  pprof help commands | options | sources | check | shell | environment
             pprof help top            about one command or option
             pprof completion bash     script for the shell's completion (bash, zsh, fish)
             pprof -help               every flag, in the words of google/pprof
      """;

  private static final Map<String, String> CHAPTERS = new LinkedHashMap<>();

  static {
    CHAPTERS.put(
        "sources",
        """
        Sources

          file                    profile.proto, gzip or not; text formats of gperftools and Go; collapsed
                                  stacks; speedscope; recordings of JFR; perf.data, by perf_to_profile
          http://host/path        a profile that a server takes on request; https and https+insecure too
          jvm:PID[/profile]       a running JVM of yours on this machine, by attaching
          jvm:NAME[/profile]      the same by the name of its main class or jar

        Several sources are added up. One that cannot be read does not lose the others. What comes from a
        server is saved, in $PPROF_TMPDIR or ~/pprof.

          -seconds=N              ask the server for so many seconds
          -timeout=N              how long the whole answer may take, in seconds
          -base=SOURCE            subtract a profile; -diff_base=SOURCE also takes percentages of it
          -normalize              scale to the base first
          -tls_cert -tls_key -tls_ca   files in PEM format

        A binary before the sources (a program, a jar, a .jmod, a directory of classes or sources) says
        where the code is that list, weblist and disasm show. Source of libraries is found in archives of
        sources beside their jars, in Maven's local repository and in Gradle's cache, that of the JDK in
        its src.zip; what has none is decompiled.
        """);
    CHAPTERS.put(
        "check",
        """
        Checks for continuous integration

          pprof -check='flat>2,cum>5,total>10%' -diff_base=base.pb.gz new.pb.gz

          flat>2       the own share of no function may grow by more than 2 percentage points
          cum>5        the same with what it called
          flat>50%     no function may grow by more than half; flat>100ms by more than that
          total>10%    nor may the whole
          min=30       a growth must rest on so many samples
          sigma=3      and exceed what chance explains by so many standard deviations

        Exit status: 0 passed, 1 broken, 2 error, 3 too few samples to tell.
        """);
    CHAPTERS.put(
        "shell",
        """
        The shell

          top10 Scan -Cache       ten rows, only samples with Scan, none with Cache
          list Scan > out.txt     into a file
          focus=Scan              set an option; "o" lists all; ":" clears filters
          help top                about one command or option

        Tab completes commands, options and functions. Ctrl-C ends a command, Ctrl-D the shell. What was
        typed is kept in $XDG_STATE_HOME/pprof/history (~/.local/state).
        """);
    CHAPTERS.put(
        "environment",
        """
        Environment variables

          PPROF_TMPDIR            where fetched profiles are saved (default ~/pprof)
          PPROF_BINARY_PATH       where native binaries are looked for (default ~/pprof/binaries)
          PPROF_TOOLS             where addr2line, nm and objdump are
          PPROF_AGENT             the agent's jar for jvm: sources, if it is not beside pprof
          BROWSER                 what opens pages and pictures
          HTTP_PROXY HTTPS_PROXY NO_PROXY   as everywhere, upper or lower case
          XDG_STATE_HOME XDG_CONFIG_HOME    where history and settings are kept
          JAVA_HOME               the Java that runs pprof
        """);
  }

  private HelpText() {}

  /**
   * The text about a topic; the overview if it is empty.
   *
   * @param flags those of the command line, of which some have no page
   * @throws CliException if there is none
   */
  public static String of(String topic, List<Flag> flags) throws CliException {
    if (topic.isEmpty()) {
      return OVERVIEW;
    }
    String name = topic.replaceFirst("^--?", "");
    if (CHAPTERS.containsKey(name)) {
      return CHAPTERS.get(name);
    }
    return switch (name) {
      case "commands" -> commands();
      case "options" -> options();
      case "jvm", "jfr" -> CHAPTERS.getOrDefault("sources", "");
      default -> page(name, flags);
    };
  }

  private static String commands() {
    StringBuilder text = new StringBuilder("Reports of google/pprof\n\n");
    appendCommands(Commands.all(), text);
    text.append("\nReports beyond\n\n");
    appendCommands(Commands.more(), text);
    return text.append("\n  pprof help NAME tells more.\n").toString();
  }

  private static void appendCommands(Collection<Command> commands, StringBuilder text) {
    for (Command command : commands) {
      String flag = "-" + command.name() + (command.takesPattern() ? "=REGEXP" : "");
      text.append(row(flag, command.description()));
    }
  }

  private static String options() {
    List<String> rows = new ArrayList<>();
    for (ReportOption<?> option : ReportOption.all()) {
      if (option.choices().isEmpty()) {
        rows.add(row("-" + option.name(), option.help()));
      }
      for (String choice : option.choices()) {
        rows.add(row("-" + choice, option.choiceHelp(choice)));
      }
    }
    rows.sort(null);
    return "Options of reports\n\n" + String.join("", rows);
  }

  private static String page(String name, List<Flag> flags) throws CliException {
    Command command = Commands.named(name);
    if (command != null) {
      return command.help();
    }
    Optional<ReportOption<?>> group = ReportOption.ofChoice(name);
    if (group.isPresent()) {
      return group.get().choiceHelp(name) + "\n";
    }
    Optional<ReportOption<?>> option = ReportOption.named(name);
    if (option.isPresent()) {
      String choices =
          option.get().choices().isEmpty()
              ? ""
              : "One of " + String.join(", ", option.get().choices()) + ".\n";
      return (option.get().help() + "\n" + choices).stripLeading();
    }
    for (Flag flag : flags) {
      if (flag.name().equals(name)) {
        return (flag.usage() + "\n").stripLeading();
      }
    }
    throw new CliException(
        "no help about \""
            + name
            + "\"; there are commands, options, "
            + String.join(", ", CHAPTERS.keySet())
            + ", and every command and option");
  }

  private static String row(String name, String help) {
    int end = help.indexOf('\n');
    String first = end < 0 ? help : help.substring(0, end);
    return "  " + name + " ".repeat(Math.max(1, NAME_WIDTH + 8 - name.length())) + first + "\n";
  }
}
