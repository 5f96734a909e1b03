// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubCommandsTest {
  @TempDir private Path directory;

  private CommandRun run(String... arguments) {
    return CommandRun.in(directory).run(arguments);
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("-version").out())
        .startsWith("pprof4j ")
        .endsWith(", Java " + System.getProperty("java.version") + "\n");
    assertThat(run("--version").exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'', pprof reads profiles",
    "sources, jvm:PID",
    "jfr, recordings of JFR",
    "check, Exit status: 0 passed",
    "flame, Outputs a flame graph",
    "otlp, OpenTelemetry",
    "-http, web UI at the specified http host:port",
    "tls_ca, TLS CA certs file",
    "graph_engine, What draws graphs",
    "commands, -flat|-top ",
    "options, -nodecount ",
    "top, Outputs top entries in text form",
    "-focus, Restricts to samples going through a node matching regexp",
    "cum, Sort entries"
  })
  void helpsWithATopic(String topic, String expected) {
    CommandRun run = run("help", topic);

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains(expected.substring(expected.indexOf('|') + 1));
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void knowsWhatItCannotHelpWith() {
    CommandRun run = run("help", "nonsense");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("no help about \"nonsense\"; there are commands, options,");
  }

  @Test
  void takesHelpForAProfileIfThereIsOne() throws IOException {
    Files.writeString(directory.resolve("help"), "no profile");

    assertThat(run("help").err()).contains("failed to fetch any source profiles");
  }

  @ParameterizedTest
  @CsvSource({
    "pprof -sample_in, -sample_index=",
    "pprof -alloc_s, -alloc_space",
    "pprof -unit = m, minimum ms",
    "pprof -graph_engine = n, native",
    "pprof -symbolize = f, fastlocal force",
    "pprof completion z, zsh",
    "pprof help chec, check",
    "pprof help htt, http",
    "pprof -htt, -http=",
    "pprof -fla, -flame",
    "pprof -otl, -otlp",
    "pprof -chec, -check=",
    "pprof -top jv, jvm:",
    "pprof -top rec, recording.jfr",
    "pprof -top pro, profile.pb.gz",
    "pprof comp, completion"
  })
  void completesInBash(String line, String expected) throws Exception {
    Files.writeString(directory.resolve("profile.pb.gz"), "");
    Files.writeString(directory.resolve("recording.jfr"), "");
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "SKIPPED: there is no bash");
    Path script = Files.writeString(directory.resolve("script"), run("completion", "bash").out());

    String replies =
        shell(
            "/bin/bash",
            "--norc",
            "-c",
            "source "
                + script
                + "; COMP_WORDS=("
                + line
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _pprof; echo \"${COMPREPLY[*]}\"");

    assertThat(replies.strip().split(" ")).contains(expected.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zsh", "fish"})
  void writesScriptsThatTheShellUnderstands(String shell) throws Exception {
    String text = run("completion", shell).out();
    assertThat(text).contains("sample_index", "alloc_space");
    List<Path> places = List.of(Path.of("/bin", shell), Path.of("/usr/bin", shell));
    assumeTrue(
        places.stream().anyMatch(Files::isExecutable),
        "SKIPPED: there is no " + shell + " to read its script");
    Path script = Files.writeString(directory.resolve("script"), text);

    assertThat(shell(shell, "-n", script.toString())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "pprof -sample_in, -sample_index",
    "pprof -graph_engine=n, -graph_engine=native",
    "pprof -symbolize=f, -symbolize=fastlocal -symbolize=force",
    "pprof -alloc_s, -alloc_space",
    "pprof -top rec, recording.jfr",
    "pprof -top jv, jvm:",
    "pprof comp, completion",
    "pprof completion z, zsh",
    "pprof help chec, check",
    "pprof help sample_i, sample_index"
  })
  void completesInFish(String line, String expected) throws Exception {
    Files.writeString(directory.resolve("recording.jfr"), "");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/fish")), "SKIPPED: there is no fish");
    Path script = Files.writeString(directory.resolve("script"), run("completion", "fish").out());

    String replies =
        shell(
            "/usr/bin/fish",
            "--no-config",
            "-c",
            "source %s; complete -C '%s'".formatted(script, line));

    List<String> words = replies.lines().map(reply -> reply.split("\t", -1)[0]).toList();
    assertThat(words).contains(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "pprof -sample_in, pprof -sample_index=",
    "pprof -graph_engine=n, pprof -graph_engine=native",
    "pprof -alloc_s, pprof -alloc_space",
    "pprof -top rec, pprof -top recording.jfr",
    "pprof -top jv, pprof -top jvm:",
    "pprof comp, pprof completion",
    "pprof completion z, pprof completion zsh",
    "pprof help chec, pprof help check"
  })
  void completesInZsh(String line, String expected) throws Exception {
    Files.writeString(directory.resolve("recording.jfr"), "");
    List<Path> places = List.of(Path.of("/bin/zsh"), Path.of("/usr/bin/zsh"));
    assumeTrue(places.stream().anyMatch(Files::isExecutable), "SKIPPED: there is no zsh");
    Files.writeString(directory.resolve("_pprof"), run("completion", "zsh").out());
    // A terminal in which the line is typed, Tab is pressed, and what then stands there is told.
    Path session =
        Files.writeString(
            directory.resolve("session"),
            """
            zmodload zsh/zpty
            zpty terminal zsh -f -i
            zpty -w terminal 'unsetopt zle_bracketed_paste 2>/dev/null; PROMPT=; fpath=($PWD $fpath)'
            zpty -w terminal 'autoload -U compinit; compinit -u -D; bindkey "^I" complete-word'
            zpty -w terminal 'tell() { print -r -- "<<""$BUFFER"">>"; BUFFER=; }'
            zpty -w terminal 'zle -N tell; bindkey "^X" tell; print rea""dy'
            zpty -r -m terminal seen '*ready*'
            zpty -w -n terminal "$1"$'\\t\\x18'
            zpty -r -m terminal seen '*<<*>>*'
            print -r -- "${${seen##*<<}%%>>*}"
            zpty -d terminal
            """);

    String said = shell("zsh", "-f", session.toString(), line);

    assertThat(said.strip()).isEqualTo(expected);
  }

  private String shell(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  @Test
  void hasNoCompletionForOtherShells() {
    assertThat(run("completion", "tcsh").err())
        .isEqualTo("pprof: completion is there for bash, zsh and fish\n");
  }
}
