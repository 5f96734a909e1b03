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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launchers of the source tree, run as a user runs them. */
class LaunchersTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path elsewhere;

  @BeforeEach
  void needsTheDistribution() {
    assumeTrue(
        Files.isExecutable(ROOT.resolve("dist/target/pprof4j/bin/pprof")),
        "SKIPPED: the distribution is not built; mvn verify builds it before this test");
  }

  private ProcessBuilder launcher(Path program, String... args) {
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.command().addAll(List.of(args));
    builder.directory(elsewhere.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  @Test
  void runsThroughSymlinksFromAnyDirectory() throws Exception {
    Path first = Files.createSymbolicLink(elsewhere.resolve("first"), ROOT.resolve("bin/pprof"));
    Path second = Files.createSymbolicLink(elsewhere.resolve("second"), first.getFileName());
    Path profile = ROOT.resolve("dist/src/build/training.pb.gz");

    Process process = launcher(second, "-top", profile.toString()).start();

    assertThat(output(process)).contains("Type: inuse_space", "flat%");
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void passesArgumentsInputAndExitCodes() throws Exception {
    Process wrong = launcher(ROOT.resolve("bin/pprof"), "-top", "no such file").start();
    assertThat(output(wrong)).contains("no such file");
    assertThat(wrong.exitValue()).isEqualTo(2);

    Process shell =
        launcher(
                ROOT.resolve("bin/pprof"), ROOT.resolve("dist/src/build/training.pb.gz").toString())
            .start();
    shell.getOutputStream().write("top\nquit\n".getBytes(StandardCharsets.UTF_8));
    shell.getOutputStream().close();
    assertThat(output(shell)).contains("flat%");
    assertThat(shell.exitValue()).isZero();
  }

  /** The shell makes the name, since the JVM of the test may know no such letter either. */
  @Test
  void findsFilesWithAnyLettersWhereNoLocaleIsSet() throws Exception {
    String script =
        "file=$(printf '\\303\\251.pb.gz'); cp \"$2\" \"$file\"; exec \"$1\" -top \"$file\"";
    String pprof = ROOT.resolve("bin/pprof").toString();
    String profile = ROOT.resolve("dist/src/build/training.pb.gz").toString();
    for (String locale : List.of("", "C", "POSIX")) {
      for (String variable : List.of("LANG", "LC_ALL", "LC_CTYPE")) {
        ProcessBuilder builder = launcher(Path.of("/bin/sh"), "-c", script, "sh", pprof, profile);
        builder.environment().keySet().removeAll(List.of("LANG", "LC_ALL", "LC_CTYPE"));
        builder.environment().put(variable, locale);

        Process process = builder.start();

        assertThat(output(process)).as(variable + "=" + locale).contains("flat%");
        assertThat(process.exitValue()).isZero();
      }
    }
  }

  @Test
  void passesSignals() throws Exception {
    Process service = launcher(ROOT.resolve("bin/sendjson"), "-addr", "localhost:0").start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8));
    assertThat(said.lines().anyMatch(line -> line.contains("Started"))).isTrue();

    service.destroy(); // SIGTERM, to the process that was started

    assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(service.exitValue()).isEqualTo(143);
  }

  @Test
  void saysWhatIsWrongWithTheJava() throws Exception {
    ProcessBuilder builder = launcher(ROOT.resolve("bin/hey"));
    builder.environment().put("JAVA_HOME", elsewhere.toString());
    Process none = builder.start();
    assertThat(output(none)).contains("hey: JAVA_HOME is " + elsewhere);
    assertThat(none.exitValue()).isEqualTo(1);

    Path old = Files.createDirectories(elsewhere.resolve("old/bin"));
    Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 9\n");
    assertThat(old.resolve("java").toFile().setExecutable(true)).isTrue();
    Files.writeString(elsewhere.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
    builder = launcher(ROOT.resolve("bin/hey"));
    builder.environment().put("JAVA_HOME", elsewhere.resolve("old").toString());
    Process tooOld = builder.start();
    assertThat(output(tooOld)).contains("needs Java 17 or newer").contains("11.0.2");
    assertThat(tooOld.exitValue()).isEqualTo(1);
  }
}
