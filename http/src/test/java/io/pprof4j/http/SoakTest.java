// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What some hours of scraping leave behind, in a JVM of its own. */
class SoakTest {
  /** {@code -Dpprof4j.soak=100} asks a hundred times as often. */
  private static final int TIMES = Integer.getInteger("pprof4j.soak", 1);

  private static final int QUICK_ROUNDS = 40;
  private static final int SLOW_ROUNDS = 4;

  @TempDir Path folder;

  @Test
  void keepsNothingOfWhatItWasAsked() throws Exception {
    // The heap is resident from the start and each collection leaves no gaps, so sizes compare.
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms128m",
            "-Xmx128m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:MarkSweepAlwaysCompactCount=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Soak.class.getName()));
    command.add(Integer.toString(QUICK_ROUNDS * TIMES));
    command.add(Integer.toString(SLOW_ROUNDS * TIMES));
    Path output = folder.resolve("output");
    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean isDone = child.waitFor(2L + TIMES, TimeUnit.MINUTES);
    child.destroyForcibly();

    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(isDone).as(text).isTrue();
    assertThat(child.exitValue()).as(text).isZero();
    assertThat(text).contains("steady").doesNotContain("GROWN", "Exception");
  }
}
