// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

import io.pprof4j.report.ReportOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The texts of {@code -h} and of {@code help}, made from the tables of commands and options. */
public final class UsageText {
  private static final int NAME_WIDTH = 16;

  private static final String HEAD =
      """
      usage:

      Produce output in the specified format.

         pprof <format> [options] [binary] <source> ...

      Omit the format to get an interactive shell whose commands can be used
      to generate various views of a profile

         pprof [options] [binary] <source> ...

      Omit the format and provide the "-http" flag to get an interactive web
      interface at the specified host:port that can be used to navigate through
      various views of a profile.

         pprof -http [host]:[port] [options] [binary] <source> ...

      Details:
      """;

  private static final String SOURCES =
      """


        Source options:
          -seconds              Duration for time-based profile collection
          -timeout              Timeout in seconds for profile collection
          -buildid              Override build id for main binary
          -add_comment          Free-form annotation to add to the profile
                                Displayed on some reports or with pprof -comments
          -diff_base source     Source of base profile for comparison
          -base source          Source of base profile for profile subtraction
          profile.pb.gz         Profile in compressed protobuf format
          legacy_profile        Profile in legacy pprof format
          http://host/profile   URL for profile handler to retrieve
          -symbolize=           Controls source of symbol information
            none                  Do not attempt symbolization
            local                 Examine only local binaries
            fastlocal             Only get function names from local binaries
            remote                Do not examine local binaries
            force                 Force re-symbolization
          Binary                  Local path or build id of binary for symbolization
          -tls_cert             TLS client certificate file for fetching profile and symbols
          -tls_key              TLS private key file for fetching profile and symbols
          -tls_ca               TLS CA certs file for fetching profile and symbols
      """;

  private static final String MISCELLANEOUS =
      """

        Misc options:
         -http              Provide web interface at host:port.
                            Host is optional and 'localhost' by default.
                            Port is optional and a randomly available port by default.
         -no_browser        Skip opening a browser for the interactive web UI.
         -tools             Search path for object tools
         -all_frames        Ignore drop_frames and keep_frames regexps in the profile
                            Rarely needed, mainly used for debugging pprof itself

        Legacy convenience options:
         -inuse_space           Same as -sample_index=inuse_space
         -inuse_objects         Same as -sample_index=inuse_objects
         -alloc_space           Same as -sample_index=alloc_space
         -alloc_objects         Same as -sample_index=alloc_objects
         -total_delay           Same as -sample_index=delay
         -contentions           Same as -sample_index=contentions
         -mean_delay            Same as -mean -sample_index=delay

        Environment Variables:
         PPROF_TMPDIR       Location for saved profiles (default $HOME/pprof)
         PPROF_TOOLS        Search path for object-level tools
         PPROF_BINARY_PATH  Search path for local binary files
                            default: $HOME/pprof/binaries
                            searches $buildid/$name, $buildid/*, $path/$buildid,
                            ${buildid:0:2}/${buildid:2}.debug, $name, $path,
                            ${name}.debug, $dir/.debug/${name}.debug,
                            usr/lib/debug/$dir/${name}.debug
         * On Windows, %USERPROFILE% is used instead of $HOME
      """;

  private static final String SHELL_TAIL =
      """

        :   Clear focus/ignore/hide/tagfocus/tagignore

        type "help <cmd|option>" for more information
      """;

  private UsageText() {}

  /** What {@code -h} prints. */
  public static String ofCommandLine() {
    StringBuilder text = new StringBuilder(HEAD);
    text.append("  Output formats (select at most one):\n");
    List<String> commands = commands("-");
    Collections.sort(commands);
    appendTables(text, commands, "-");
    return text.append(SOURCES).append(MISCELLANEOUS).toString();
  }

  /** What {@code help} prints. */
  public static String ofShell() {
    StringBuilder text = new StringBuilder("  Commands:\n");
    List<String> commands = commands("");
    Collections.sort(commands);
    commands.add(row("o/options", "List options and their current values"));
    commands.add(row("q/quit/exit/^D", "Exit pprof"));
    appendTables(text, commands, "");
    return text.append(SHELL_TAIL).toString();
  }

  private static List<String> commands(String prefix) {
    List<String> rows = new ArrayList<>();
    for (Command command : Commands.all()) {
      rows.add(row(prefix + command.name(), command.description()));
    }
    return rows;
  }

  private static void appendTables(StringBuilder text, List<String> commands, String prefix) {
    List<String> variables = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (ReportOption<?> option : ReportOption.all()) {
      if (option.choices().isEmpty()) {
        variables.add(row(prefix + option.name(), option.help()));
      } else {
        groups.add(group(option, prefix));
      }
    }
    Collections.sort(variables);
    Collections.sort(groups);
    text.append(String.join("\n", commands)).append("\n\n  Options:\n");
    text.append(String.join("\n", variables));
    text.append("\n\n  Option groups (only set one per group):\n");
    text.append(String.join("\n", groups));
  }

  private static String group(ReportOption<?> option, String prefix) {
    StringBuilder text = new StringBuilder(row(option.name(), ""));
    for (String choice : option.choices()) {
      text.append("\n  ").append(row(prefix + choice, option.choiceHelp(choice)));
    }
    return text.toString();
  }

  /** A name and the first line of its text. */
  private static String row(String name, String help) {
    int end = help.indexOf('\n');
    StringBuilder row = new StringBuilder("    ").append(name);
    row.append(" ".repeat(Math.max(0, NAME_WIDTH - name.length()))).append(' ');
    return row.append(end < 0 ? help : help.substring(0, end)).toString();
  }
}
