// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attaches {@code pprof}, as built, to running JVMs. */
@Timeout(180)
class JvmSourceTest {
  private static final Path PPROF =
      Path.of("..").toAbsolutePath().normalize().resolve("dist/target/pprof4j/bin/pprof");

  /** A program in one file, which the JVM compiles by itself. */
  private static final String PROGRAM =
      """
      public class NAME {
        public static void main(String[] arguments) throws java.io.IOException {
          System.out.println("ready");
          while (System.in.read() >= 0) {}
        }
      }
      """;

  @TempDir private Path directory;
  private final List<Process> children = new ArrayList<>();

  @BeforeEach
  void needsTheDistribution() {
    assumeTrue(
        Files.isExecutable(PPROF),
        "SKIPPED: the distribution is not built; mvn verify builds it before this test");
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process child : children) {
      child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private Process child(String... command) throws IOException {
    Process child = new ProcessBuilder(command).directory(directory.toFile()).start();
    children.add(child);
    return child;
  }

  /** A JVM whose main class has that name. */
  private Process jvm(String name) throws Exception {
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    Path source = directory.resolve(name + ".java");
    Files.writeString(source, PROGRAM.replace("NAME", name));
    assertThat(child(bin.resolve("javac").toString(), source.toString()).waitFor()).isZero();
    Process jvm =
        child(
            bin.resolve("java").toString(),
            "-Xmx64m",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+EnableDynamicAgentLoading",
            "-cp",
            directory.toString(),
            name);
    BufferedReader out =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("ready");
    return jvm;
  }

  private record Run(int exit, String said) {}

  private Run pprof(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PPROF.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PPROF_TMPDIR", directory.resolve("saved").toString());
    Process process = builder.redirectErrorStream(true).start();
    children.add(process);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), said);
  }

  @Test
  void attachesOnceAndThenFindsTheAgent() throws Exception {
    Process jvm = jvm("Attached");
    String source = "jvm:" + jvm.pid() + "/goroutine";

    Run first = pprof("-top", source);
    Run second = pprof("-top", "jvm:Attached/goroutine");

    assertThat(first.exit()).as(first.said()).isZero();
    assertThat(first.said()).contains("Attached.main", "Saved profile in " + directory);
    assertThat(second.exit()).as(second.said()).isZero();
    assertThat(url(second.said())).isEqualTo(url(first.said()));
    assertThat(first.said()).doesNotContain("token");
  }

  private static String url(String said) {
    return said.lines().filter(line -> line.startsWith("Fetching")).findFirst().orElseThrow();
  }

  @Test
  void asksWhichOneIsMeant() throws Exception {
    Process one = jvm("Twin");
    Process two = jvm("Twin");

    Run run = pprof("-top", "jvm:Twin");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.said())
        .contains("2 JVMs are called \"Twin\"", one.pid() + " Twin", two.pid() + " Twin");
  }

  @Test
  void harmsNoProcessThatIsNoJvm() throws Exception {
    Process sleeper = child("sleep", "600");

    Run run = pprof("-top", "jvm:" + sleeper.pid());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.said()).contains("process " + sleeper.pid() + " is no JVM");
    assertThat(sleeper.isAlive()).isTrue();
  }

  @Test
  void knowsWhenThereIsNoSuchJvm() throws Exception {
    Process gone = child("true");
    assertThat(gone.waitFor()).isZero();

    assertThat(pprof("-top", "jvm:" + gone.pid()).said())
        .contains("there is no process " + gone.pid());
    assertThat(pprof("-top", "jvm:NoSuchProgram").said())
        .contains("no JVM of this user is called \"NoSuchProgram\"");
  }
}
