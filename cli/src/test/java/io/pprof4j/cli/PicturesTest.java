// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {
  /** How files of each format begin. */
  private static final Map<String, String> MAGIC =
      Map.of("gif", "GIF89a", "pdf", "%PDF-1.4", "png", "PNG", "ps", "%!PS-Adobe", "svg", "<?xml");

  /** What is said of a profile that names no program, as by the original. */
  private static final String NO_BINARY = "Main binary filename not available.\n";

  @TempDir private Path directory;

  @BeforeEach
  void recordStacks() throws IOException {
    Files.writeString(directory.resolve("stacks"), "main;work 40\nmain;rest 2\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "pdf", "png", "ps", "svg"})
  void drawsWithoutAnyProgram(String format) {
    CommandRun run = CommandRun.in(directory).run("-" + format, "stacks");

    assertThat(run.exit()).isZero();
    assertThat(run.out().substring(0, 20)).contains(MAGIC.get(format));
  }

  @ParameterizedTest
  @CsvSource({"-gif, gif", "-pdf, pdf", "-png, png", "-ps, ps", "-svg, svg"})
  void letsGraphvizDrawIfAsked(String flag, String format) throws IOException {
    program("dot", "echo drawn as $1; cat");

    CommandRun run =
        CommandRun.in(directory)
            .variable("PATH", directory.toString())
            .run("-graph_engine=native", flag, "stacks");

    assertThat(run.err()).isEqualTo(NO_BINARY);
    assertThat(run.out()).startsWith("drawn as -T" + format + "\ndigraph ").contains("work");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "builtin"})
  void drawsItselfThoughThereIsGraphviz(String engine) throws IOException {
    program("dot", "echo drawn");

    CommandRun run =
        CommandRun.in(directory)
            .variable("PATH", directory.toString())
            .run("-graph_engine=" + engine, "-pdf", "stacks");

    assertThat(run.out()).startsWith("%PDF-1.4");
  }

  @Test
  void saysThatGraphvizIsMissing() {
    CommandRun run = CommandRun.in(directory).run("-graph_engine", "native", "-svg", "stacks");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            NO_BINARY
                + "pprof: failed to execute dot. Is Graphviz installed? Error: exec: \"dot\": executable"
                + " file not found in $PATH\n");
  }

  @Test
  void refusesAnEngineThatDoesNotExist() {
    CommandRun run = CommandRun.in(directory).run("-graph_engine=wasm", "-svg", "stacks");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("pprof: -graph_engine is auto, builtin or native, not \"wasm\"\n");
  }

  @ParameterizedTest
  @CsvSource({"evince, pdf", "gv, ps"})
  void showsPagesInTheirViewers(String viewer, String format) throws IOException {
    program(viewer, "for file; do :; done; cp \"$file\" \"" + directory + "/shown\"");

    CommandRun run =
        CommandRun.in(directory)
            .variable("PATH", directory + ":/bin:/usr/bin")
            .run("-" + viewer, "stacks");

    assertThat(run.err()).isEqualTo(NO_BINARY);
    assertThat(Files.readString(directory.resolve("shown"), StandardCharsets.ISO_8859_1))
        .startsWith(MAGIC.get(format));
  }

  private void program(String name, String script) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve(name), "#!/bin/sh\nPATH=/bin:/usr/bin\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
