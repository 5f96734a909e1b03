// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pprof4j.capture.child.EndInMidWindow;
import io.pprof4j.capture.child.EngineTruth;
import io.pprof4j.capture.child.EveryKind;
import io.pprof4j.capture.child.WaitingPaths;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs programs whose profiles are known, each in a JVM of its own. */
class EnginesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseSerialGC",
        "-XX:+UseParallelGC",
        "-XX:+UseG1GC",
        "-XX:+UseZGC",
        "-XX:+UseShenandoahGC"
      })
  void tellTheTruthOfThreadsWaitsAndCpuTime(String collector) {
    assumeTrue(ChildJvm.knows(collector), collector + " is not in this JVM");

    assertGood(ChildJvm.run(List.of("-Xmx256m", collector), EngineTruth.class));
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:+UseSerialGC, some",
    "-XX:+UseParallelGC, some",
    "-XX:+UseG1GC, some",
    "-XX:+UseZGC, some",
    "-XX:+UseShenandoahGC, some",
    "-XX:TieredStopAtLevel=1, some",
    "-XX:-UsePerfData, none" // without which the insides of the JVM are not known
  })
  void findEachVirtualThreadWhereItWaits(String option, String recognised) {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with 21");
    assumeTrue(ChildJvm.knows(option), option + " is not in this JVM");
    assertGood(ChildJvm.run(List.of("-Xmx1g", option), WaitingPaths.class, recognised));
  }

  @Test
  void keepNothingOfAThousandWindows() {
    // The heap is resident from the start and each collection leaves no gaps, so sizes compare.
    List<String> options =
        List.of(
            "-Xms128m",
            "-Xmx128m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:MarkSweepAlwaysCompactCount=1");

    assertGood(ChildJvm.run(options, EveryKind.class, "1000", "40"));
  }

  @ParameterizedTest
  @CsvSource({"exit, 7", "halt, 7", "return, 0", "TERM, 143", "KILL, 137"})
  void letAJvmEndAndStartChildrenWhileAllOfThemRecord(String end, int exitCode) {
    ChildJvm child = ChildJvm.run(List.of("-Xmx256m"), EndInMidWindow.class, end);

    assertThat(child.exitCode()).as(child.output()).isEqualTo(exitCode);
    assertThat(child.output())
        .contains("open: 8")
        .doesNotContain("fatal error", "Exception", "core dump");
  }

  private static void assertGood(ChildJvm child) {
    assertThat(child.exitCode()).as(child.output()).isZero();
    assertThat(child.output()).contains("ok ").doesNotContain("WRONG", "Exception");
  }
}
