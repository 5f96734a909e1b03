// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code go tool pprof} against the running service. */
class GoToolTest {
  private static final String HANDLER = "io.pprof4j.sample.SendJson.sendJson";

  @TempDir private static Path home;
  private static String go;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    go = findGo();
    assumeTrue(!go.isEmpty(), "SKIPPED: go is not installed, so its pprof cannot be asked");
    service = ServiceProcess.start("-Dpprof4j.memprofilerate=16384");
    Load.send(service.port(), 60_000);
  }

  private static String findGo() {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/local/go/bin";
    return Stream.of(path.split(":", -1))
        .map(folder -> Path.of(folder, "go"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse("");
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void topOfAllocs() throws Exception {
    assertThat(pprof("-top", "-cum", url("allocs"))).contains("Type: alloc_space", HANDLER);
  }

  @Test
  void topOfHeap() throws Exception {
    assertThat(pprof("-top", url("heap"))).contains("Type: inuse_space", "flat%");
  }

  @Test
  void topOfHeapAsText() throws Exception {
    assertThat(pprof("-top", "-cum", "-sample_index=alloc_space", url("heap?debug=1")))
        .contains("Type: alloc_space", HANDLER);
  }

  @Test
  void topOfThreads() throws Exception {
    assertThat(pprof("-top", url("goroutine"))).contains("Type: goroutine", "java.lang.Thread.run");
    assertThat(pprof("-top", url("goroutine?debug=1"))).contains("java.lang.Thread.run");
  }

  @Test
  void topOfCpuUnderLoad() throws Exception {
    CompletableFuture<String> profile =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return pprof("-top", "-cum", url("profile?seconds=2"));
              } catch (IOException | InterruptedException e) {
                return e.toString();
              }
            });
    while (!profile.isDone()) {
      Load.send(service.port(), 4_000);
    }

    assertThat(profile.join()).contains("Type: cpu", "Duration: ", "io.pprof4j.sample.SendJson.");
  }

  @Test
  void listsTheHandlerWithItsSource() throws Exception {
    String source = Path.of("src/main/java").toAbsolutePath().toString();

    assertThat(pprof("-source_path=" + source, "-list", "SendJson.sendJson", url("allocs")))
        .contains("ROUTINE ======================== " + HANDLER, "marshal(newUser())");
  }

  @Test
  void comparesTwoSnapshots() throws Exception {
    Path base = save("allocs", "base.heap");
    Load.send(service.port(), 20_000);
    Path current = save("allocs", "current.heap");

    assertThat(pprof("-top", "-cum", "-base", base.toString(), current.toString()))
        .contains("Type: alloc_space", HANDLER);
  }

  private static Path save(String name, String file) throws Exception {
    Path saved = home.resolve(file);
    Files.write(saved, service.open("/debug/pprof/" + name).readAllBytes());
    return saved;
  }

  private static String url(String name) {
    return service.url() + "/debug/pprof/" + name;
  }

  private static String pprof(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(go, "tool", "pprof"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PPROF_TMPDIR", home.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
