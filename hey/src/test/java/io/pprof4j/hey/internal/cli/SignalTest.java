// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pprof4j.hey.Main;
import io.pprof4j.hey.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signals to the command in a process of its own. SIGTERM stands for Ctrl-C: both are handled
 * alike, and processes that were started in the background may be deaf to SIGINT.
 */
@Timeout(120)
class SignalTest {
  @TempDir Path directory;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void needsSignals() {
    assumeTrue(!System.getProperty("os.name").startsWith("Windows"), "no signals");
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  private Process hey(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Process process = builder.redirectErrorStream(true).start();
    processes.add(process);
    return process;
  }

  private static void signal(Process process) {
    assertThat(process.supportsNormalTermination()).isTrue();
    // The process itself would close its streams, too.
    assertThat(process.toHandle().destroy()).isTrue();
  }

  /** Reads until a line contains the text. */
  private static void awaitLine(BufferedReader out, String text) throws IOException {
    String line = out.readLine();
    while (line != null && !line.contains(text)) {
      line = out.readLine();
    }
    assertThat(line).as("a line with " + text).isNotNull();
  }

  @Test
  void theFirstPrintsTheSummaryAndTheSecondDoesNotWaitForProfiles() throws Exception {
    CountDownLatch profiling = new CountDownLatch(1);
    TestServer.Handler hangingProfiles =
        request -> {
          if (request.line().contains("/debug/pprof/profile")) {
            profiling.countDown();
            return new byte[0];
          }
          return TestServer.response(request.line().contains("/debug") ? 404 : 200, "x");
        };
    try (TestServer server = TestServer.start(hangingProfiles)) {
      Process process = hey("-z", "1h", "-c", "1", "-profile", server.url(), server.url());
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      profiling.await();

      signal(process);
      awaitLine(out, "Status code distribution");
      assertThat(process.isAlive()).isTrue();

      signal(process);
      awaitLine(out, "given up");
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void theThirdEndsTheProcessWhateverItWaitsFor() throws Exception {
    try (TestServer server = TestServer.answering("x")) {
      Process process = hey("-n", "1", "-c", "1", "-D", "-", server.url());
      try (OutputStream openEnd = process.getOutputStream()) {
        // More than a pipe holds, so the process reads it, and takes signals already.
        openEnd.write(new byte[1 << 20]);

        int sent = 0;
        do {
          // Signals that come before the last one was taken are one, so there may be more.
          signal(process);
          sent++;
        } while (!process.waitFor(300, TimeUnit.MILLISECONDS));

        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(sent).isGreaterThanOrEqualTo(3);
      }
    }
  }
}
