// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pprof4j.capture.child.Budgets;
import io.pprof4j.capture.child.BufferTruth;
import io.pprof4j.capture.child.ChangingInterval;
import io.pprof4j.capture.child.EndInMidCapture;
import io.pprof4j.capture.child.HeapLabels;
import io.pprof4j.capture.child.HeapTruth;
import io.pprof4j.capture.child.ManyStacks;
import io.pprof4j.capture.child.NoPlace;
import io.pprof4j.capture.child.Paths;
import io.pprof4j.capture.child.Rounds;
import io.pprof4j.capture.child.Twins;
import io.pprof4j.capture.child.TwoLoaders;
import io.pprof4j.capture.child.Unloading;
import io.pprof4j.capture.child.VirtualThreads;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the truth programs of {@code child}, each in a JVM of its own. */
class HeapSamplerTest {
  private static final List<String> SMALL = List.of("-Xmx512m", "-XX:+UseSerialGC");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseSerialGC",
        "-XX:+UseParallelGC",
        "-XX:+UseG1GC",
        "-XX:+UseZGC",
        "-XX:+UseShenandoahGC"
      })
  void estimatesAllocatedAndLiveObjectsWithoutBias(String collector) {
    assumeTrue(ChildJvm.knows(collector), collector + " is not in this JVM");

    assertGood(ChildJvm.run(List.of("-Xmx1g", collector), HeapTruth.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseSerialGC",
        "-XX:+UseParallelGC",
        "-XX:+UseG1GC",
        "-XX:+UseZGC",
        "-XX:-UseTLAB"
      })
  void knowsWhatAllocationBuffersDoToEstimates(String option) {
    assertGood(ChildJvm.run(List.of("-Xmx1g", option), BufferTruth.class, "idle"));
    assertGood(ChildJvm.run(List.of("-Xmx1g", option), BufferTruth.class, "large"));
  }

  @Test
  void staysUnbiasedWhenTheIntervalChanges() {
    assertGood(ChildJvm.run(SMALL, ChangingInterval.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "memory"})
  void raisesTheIntervalBeyondItsBudgetAndStaysUnbiased(String budget) {
    assertGood(ChildJvm.run(List.of("-Xmx1g"), Budgets.class, budget));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
  void losesNothingWhenClassesAreUnloaded(String collector) {
    assertGood(ChildJvm.run(List.of("-Xmx512m", collector), Unloading.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmixed", "-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
  void takesNoStackForAnother(String compilers) {
    assertGood(ChildJvm.run(List.of("-Xmx512m", compilers), Paths.class, "platform"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmixed", "-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
  void takesNoStackOfAVirtualThreadForAnother(String compilers) {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with 21");

    assertGood(ChildJvm.run(List.of("-Xmx512m", compilers), Paths.class, "virtual"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseSerialGC",
        "-XX:+UseG1GC",
        "-XX:+UseZGC",
        "-Dpprof4j.heap.recognition=false"
      })
  void tellsCodeFromWhatWasAtItsAddressBefore(String option) {
    assertGood(ChildJvm.run(List.of("-Xmx512m", option), Twins.class));
  }

  @Test
  void walksEachStackWhereItIsToldTo() {
    List<String> options = List.of("-Xmx512m", "-Dpprof4j.heap.recognition=false");

    assertGood(ChildJvm.run(options, Paths.class, "platform"));
  }

  @Test
  void startsAndStopsUnderLoadWithoutLeaks() {
    assertGood(ChildJvm.run(SMALL, Rounds.class));
  }

  @Test
  void readsManyStacks() {
    assertGood(ChildJvm.run(SMALL, ManyStacks.class));
  }

  @Test
  void samplesVirtualThreadsAndTellsTheirStacks() {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with 21");

    assertGood(ChildJvm.run(List.of("-Xmx512m"), VirtualThreads.class));
  }

  @Test
  void keepsApartWhatIsAllocatedUnderDifferentLabels() {
    assertGood(ChildJvm.run(SMALL, HeapLabels.class));
  }

  @Test
  void waitsWhileAnotherAgentSamples() {
    // Without soft references, which the JDK's reflection would keep to the loaders for a while.
    List<String> options = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0");

    assertGood(ChildJvm.run(options, TwoLoaders.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "halt", "return"})
  void survivesEndsAndChildrenInMidCapture(String end) {
    ChildJvm child = ChildJvm.run(List.of("-Xmx256m"), EndInMidCapture.class, end);

    assertThat(child.output()).doesNotContain("fatal error", "Exception");
    assertThat(child.exitCode()).as(child.output()).isEqualTo(end.equals("return") ? 0 : 7);
  }

  @Test
  void namesTheObstacleWhereItCannotBeLoaded() {
    ChildJvm child = ChildJvm.run(List.of("-Dpprof4j.native.dir=/proc/nowhere"), NoPlace.class);

    assertThat(child.exitCode()).as(child.output()).isZero();
    assertThat(child.output())
        .contains("cannot be loaded (/proc/nowhere: ", "-Dpprof4j.native.dir=<folder>");
  }

  private static void assertGood(ChildJvm child) {
    assertThat(child.exitCode()).as(child.output()).isZero();
    assertThat(child.output()).contains("ok ").doesNotContain("WRONG", "Exception");
  }
}
