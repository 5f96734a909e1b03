// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.flags.Flag;
import io.pprof4j.flags.FlagSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Scripts by which bash, zsh and fish complete command lines, made from the flags' definitions. */
public final class Completion {
  /** Values of flags that have few. */
  private static final Map<String, String> VALUES =
      new TreeMap<>(
          Map.of(
              "symbolize",
              "none local fastlocal remote force demangle=none demangle=full demangle=templates",
              "graph_engine",
              "auto builtin native",
              "unit",
              "auto minimum ns us ms s hrs B kB MB GB",
              "sort",
              "flat cum",
              "granularity",
              "functions filefunctions files lines addresses",
              "sample_index",
              "cpu wall samples alloc_space alloc_objects inuse_space inuse_objects delay contentions"));

  private static final String BASH =
      """
      # Completion of pprof for bash: source <(pprof completion bash)
      _pprof() {
        local word=${COMP_WORDS[COMP_CWORD]} flag= value
        # bash takes "=" for a word of its own.
        if [[ $word == "=" ]]; then
          flag=${COMP_WORDS[COMP_CWORD-1]} value=
        elif [[ $COMP_CWORD -ge 2 && ${COMP_WORDS[COMP_CWORD-1]} == "=" ]]; then
          flag=${COMP_WORDS[COMP_CWORD-2]} value=$word
        fi
        COMPREPLY=()
        case ${flag#-} in
      @VALUES@
        esac
        if [[ -z $flag && $word == -* ]]; then
          COMPREPLY=($(compgen -W "@FLAGS@" -- "$word"))
          [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
          return
        fi
        if [[ $COMP_CWORD -eq 1 && -n $word ]]; then
          COMPREPLY=($(compgen -W "help completion" -- "$word"))
        elif [[ $COMP_CWORD -eq 2 && ${COMP_WORDS[1]} == completion ]]; then
          COMPREPLY=($(compgen -W "bash zsh fish" -- "$word")); return
        elif [[ $COMP_CWORD -eq 2 && ${COMP_WORDS[1]} == help ]]; then
          COMPREPLY=($(compgen -W "@TOPICS@" -- "$word")); return
        fi
        if [[ -n $word && jvm: == "$word"* ]]; then
          COMPREPLY+=(jvm:)
          compopt -o nospace 2>/dev/null
        else
          compopt -o filenames 2>/dev/null
        fi
        COMPREPLY+=($(compgen -f -- "${value-$word}"))
      }
      complete -F _pprof pprof
      """;

  private static final String ZSH =
      """
      _pprof_sources() {
        if (( CURRENT == 2 )); then
          compadd help completion
        fi
        compadd -S '' jvm:
        _files
      }
      if (( CURRENT == 3 )) && [[ $words[2] == completion ]]; then
        compadd bash zsh fish
        return
      elif (( CURRENT == 3 )) && [[ $words[2] == help ]]; then
        compadd @TOPICS@
        return
      fi
      _arguments \\
      """;

  private Completion() {}

  /**
   * The script for a shell.
   *
   * @throws CliException if there is none for it
   */
  public static String script(String shell, List<Flag> flags) throws CliException {
    return switch (shell) {
      case "bash" -> bash(flags);
      case "zsh" -> zsh(flags);
      case "fish" -> fish(flags);
      default -> throw new CliException("completion is there for bash, zsh and fish");
    };
  }

  private static String bash(List<Flag> flags) {
    List<String> words = new ArrayList<>();
    for (Flag flag : flags) {
      words.add("-" + flag.name() + (isBool(flag) ? "" : "="));
    }
    StringBuilder values = new StringBuilder();
    VALUES.forEach(
        (flag, choices) ->
            values.append(
                "    %s) COMPREPLY=($(compgen -W \"%s\" -- \"$value\")); return ;;%n"
                    .formatted(flag, choices)));
    return BASH.replace("@VALUES@", values.toString().replace("\r", "").stripTrailing())
        .replace("@FLAGS@", String.join(" ", words))
        .replace("@TOPICS@", topics(flags));
  }

  private static String topics(List<Flag> flags) {
    List<String> topics = new ArrayList<>(List.of("commands", "options", "sources", "check"));
    topics.addAll(List.of("shell", "environment", "jfr", "jvm"));
    for (Flag flag : flags) {
      topics.add(flag.name());
    }
    return String.join(" ", topics);
  }

  private static String zsh(List<Flag> flags) {
    StringBuilder text = new StringBuilder("#compdef pprof\n");
    text.append("# Completion of pprof for zsh: pprof completion zsh > \"${fpath[1]}/_pprof\"\n");
    text.append(ZSH.replace("@TOPICS@", topics(flags)));
    for (Flag flag : flags) {
      String help = quoted(firstLine(flag.usage()).replaceAll("([\\[\\]:\\\\])", "\\\\$1"));
      String choices = VALUES.get(flag.name());
      String value = choices == null ? ":value:_files" : ":value:(" + choices + ")";
      text.append(
          isBool(flag)
              ? "  '-%s[%s]' \\\n".formatted(flag.name(), help)
              : "  '-%s=[%s]%s' \\\n".formatted(flag.name(), help, value));
    }
    return text.append("  '*:source:_pprof_sources'\n").toString();
  }

  private static String fish(List<Flag> flags) {
    StringBuilder text =
        new StringBuilder("# Completion of pprof for fish: pprof completion fish | source\n");
    for (Flag flag : flags) {
      String choices = VALUES.get(flag.name());
      String value = isBool(flag) ? "" : choices == null ? " -r" : " -x -a '" + choices + "'";
      String help = firstLine(flag.usage()).replace("\\", "\\\\").replace("'", "\\'");
      text.append("complete -c pprof -o %s%s -d '%s'\n".formatted(flag.name(), value, help));
    }
    text.append("complete -c pprof -a jvm: -d 'a running JVM, by its number or name'\n");
    text.append("complete -c pprof -n __fish_use_subcommand -a 'help completion'\n");
    String after = "complete -c pprof -f -n '__fish_seen_subcommand_from %s' -a '%s'\n";
    text.append(after.formatted("completion", "bash zsh fish"));
    return text.append(after.formatted("help", topics(flags))).toString();
  }

  /** A text inside single quotes of zsh. */
  private static String quoted(String text) {
    return text.replace("'", "'\\''");
  }

  private static boolean isBool(Flag flag) {
    return FlagSet.valueName(flag).isEmpty();
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
