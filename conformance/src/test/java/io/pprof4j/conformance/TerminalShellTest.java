// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell at a terminal, which tmux provides: keys in, screen out. */
@Timeout(180)
class TerminalShellTest {
  private static final Path PPROF =
      Path.of("..").toAbsolutePath().normalize().resolve("dist/target/pprof4j/bin/pprof");

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  @TempDir private Path directory;
  private String session = "";

  @BeforeEach
  void needsTmuxAndTheDistribution() throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/tmux")),
        "SKIPPED: there is no tmux to run the shell in");
    assumeTrue(
        Files.isExecutable(PPROF),
        "SKIPPED: the distribution is not built; mvn verify builds it before this test");
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    for (String name : List.of("com.acme.Shop.sell", "com.acme.Stock.count")) {
      int location = builder.location(-1, builder.function(name, "", "", 0), 1);
      builder.sample(new int[] {location}, 5);
    }
    write("shop.pb.gz", builder.build());
  }

  private void write(String file, Profile profile) throws IOException {
    try (OutputStream out = Files.newOutputStream(directory.resolve(file))) {
      profile.writeTo(out);
    }
  }

  @AfterEach
  void end() throws Exception {
    tmux("kill-server");
  }

  private String tmux(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/tmux", "-f", "/dev/null"));
    command.addAll(List.of("-S", directory.resolve("tmux").toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private void start(String terminal, String profile) throws Exception {
    String command =
        "env TERM=%s HOME=%s XDG_STATE_HOME=%s/state JAVA_HOME=%s %s %s; echo ended; exec cat"
            .formatted(
                terminal, directory, directory, System.getProperty("java.home"), PPROF, profile);
    session += "s";
    tmux("new-session", "-d", "-s", session, "-x", "100", "-y", "40", command);
    shows("(pprof)");
  }

  private void type(String... keys) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("send-keys", "-t", "=" + session + ":"));
    arguments.addAll(List.of(keys));
    tmux(arguments.toArray(String[]::new));
  }

  private String screen() throws Exception {
    return tmux("capture-pane", "-p", "-t", "=" + session + ":");
  }

  private void shows(String text) throws Exception {
    await(() -> screen().contains(text), "screen shows " + text);
  }

  /**
   * What is typed before it goes to the terminal, to which Ctrl-D is not what it is to the shell.
   */
  private void showsAPromptAgain() throws Exception {
    await(() -> screen().strip().endsWith("(pprof)"), "there is a prompt again");
  }

  private void await(Callable<Boolean> condition, String what) throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("%s%n%s", what, screen()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void completesCommandsOptionsAndFunctions() throws Exception {
    start("screen", "shop.pb.gz");

    type("trac", "Tab");
    shows("(pprof) traces");
    type("C-u", "nodef", "Tab");
    shows("(pprof) nodefraction=");
    type("C-u", "peek com.acme.Sh", "Tab");
    shows("(pprof) peek com.acme.Shop.sell");
    type("C-u", "C-d");
    shows("ended");
  }

  @Test
  void keepsItsHistoryToItself() throws Exception {
    start("screen", "shop.pb.gz");
    type("top 7", "Enter");
    shows("flat%");
    showsAPromptAgain();
    type("C-d");
    shows("ended");

    start("screen", "shop.pb.gz");
    type("Up");
    shows("(pprof) top 7");

    Path history = directory.resolve("state/pprof/history");
    assertThat(Files.getPosixFilePermissions(history))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void endsACommandOnControlC() throws Exception {
    write("large.pb.gz", large());
    start("screen", "large.pb.gz");

    type("traces >out.txt", "Enter");
    await(() -> hasThread("pprof-command"), "the command runs");
    type("C-c");
    shows("interrupted");
    await(() -> !hasThread("pprof-command"), "its thread ends");
    showsAPromptAgain();
    type("C-d");
    shows("ended");

    // The computation went no further; what it had written by then is gone.
    assertThat(directory.resolve("out.txt")).doesNotExist();
  }

  /** Ten million lines of traces. */
  private static Profile large() {
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    int[] stack = new int[500];
    for (int depth = 0; depth < stack.length; depth++) {
      stack[depth] = builder.location(-1, builder.function("frame" + depth, "", "", 0), 1);
    }
    for (int sample = 0; sample < 20_000; sample++) {
      builder.sample(stack, sample + 1);
    }
    return builder.build();
  }

  /** Whether a process below tmux has a thread of that name, as Linux tells it. */
  private boolean hasThread(String name) throws Exception {
    String pane = tmux("list-panes", "-t", "=" + session + ":", "-F", "#{pane_pid}").strip();
    ProcessHandle root = ProcessHandle.of(Long.parseLong(pane)).orElseThrow();
    List<ProcessHandle> processes = Stream.concat(Stream.of(root), root.descendants()).toList();
    for (ProcessHandle process : processes) {
      Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
      try (Stream<Path> threads = Files.list(tasks)) {
        for (Path thread : threads.toList()) {
          if (Files.readString(thread.resolve("comm")).strip().equals(name)) {
            return true;
          }
        }
      } catch (IOException ended) {
        // As without such a thread.
      }
    }
    return false;
  }

  @Test
  void worksOnADumbTerminal() throws Exception {
    start("dumb", "shop.pb.gz");

    type("top", "Enter");
    shows("com.acme.Shop.sell");
    type("quit", "Enter");
    shows("ended");
  }
}
