// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.capture.Captures;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Sample;
import io.pprof4j.profile.ValueType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The routes that continuous profilers scrape by default. */
class ScraperRoutesTest {
  private static final List<byte[]> KEPT = new ArrayList<>();

  private static PprofServer server;
  private static HttpTalk talk;

  @BeforeAll
  static void listen() throws IOException {
    server = Pprof.listen("localhost:0");
    talk = new HttpTalk(server.address());
    while (Captures.ofThisJvm().rates().memProfileRate() == 0) {
      Thread.onSpinWait(); // the sampler is started by another thread
    }
  }

  @AfterAll
  static void close() {
    server.close();
    KEPT.clear();
  }

  /** 64 MB, about 128 samples: that there is none has a chance of e^-128. */
  private static void allocateKnown() {
    for (int i = 0; i < 64; i++) {
      KEPT.add(new byte[1 << 20]);
    }
  }

  private static Profile get(String target) throws IOException {
    HttpTalk.Answer answer = talk.get(target);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return Profile.read(new ByteArrayInputStream(answer.bytes()));
  }

  private static long known(Profile heap, int type) {
    return heap.samples().stream()
        .filter(ScraperRoutesTest::isKnown)
        .mapToLong(sample -> sample.value(type))
        .sum();
  }

  private static boolean isKnown(Sample sample) {
    return sample.locations().get(0).lines().get(0).function().name().endsWith(".allocateKnown");
  }

  @Test
  void givesEachClientWhatWasAllocatedSinceItAskedLast() throws IOException {
    allocateKnown();
    Profile first = get("/debug/pprof/delta_heap?client=one");
    allocateKnown();
    Profile second = get("/debug/pprof/delta_heap?client=one&gc=1");
    Profile third = get("/debug/pprof/delta_heap?client=one");
    Profile other = get("/debug/pprof/delta_heap?client=two");

    double mebibyte = 1 << 20;
    assertThat(known(first, 1) / mebibyte).isBetween(30.0, 110.0);
    assertThat(known(second, 1) / mebibyte).isBetween(30.0, 110.0);
    assertThat(known(third, 1)).isZero();
    assertThat(known(other, 1)).isEqualTo(known(first, 1) + known(second, 1));
    // What is alive is no difference.
    assertThat(known(second, 3) / mebibyte).isBetween(80.0, 180.0);
    assertThat(known(third, 3)).isEqualTo(known(second, 3));
    assertThat(second.durationNanos()).isEqualTo(second.timeNanos() - first.timeNanos());
  }

  @Test
  void tellsClientsApartByTheirTool() throws IOException {
    Map<String, String> alloy = Map.of("User-Agent", "alloy/1");
    allocateKnown();

    HttpTalk.Answer one = talk.send("GET", "/debug/pprof/delta_heap", alloy);
    HttpTalk.Answer again = talk.send("GET", "/debug/pprof/delta_heap", alloy);
    Profile other = get("/debug/pprof/delta_heap");

    assertThat(one.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"heap.pprof.gz\"");
    assertThat(known(Profile.read(new ByteArrayInputStream(again.bytes())), 1)).isZero();
    assertThat(known(other, 1)).isPositive();
  }

  @Test
  void givesDeltasOfContention() throws IOException {
    for (String name : List.of("block", "mutex")) {
      Profile delta = get("/debug/pprof/delta_" + name);

      assertThat(delta.sampleTypes())
          .containsExactly(
              new ValueType("contentions", "count"), new ValueType("delay", "nanoseconds"));
    }
  }

  @Test
  void refusesVeryLongNames() throws IOException {
    assertThat(talk.get("/debug/pprof/delta_heap?client=" + "x".repeat(129)).status())
        .isEqualTo(400);
  }

  @Test
  void givesElapsedTimeInTheFormOfFgprof() throws IOException {
    for (String path : List.of("/debug/fgprof", "/debug/pprof/fgprof")) {
      Profile fgprof = get(path + "?seconds=1");

      assertThat(fgprof.sampleTypes())
          .containsExactly(new ValueType("samples", "count"), new ValueType("time", "nanoseconds"));
      assertThat(fgprof.total(1)).isGreaterThan(1_000_000_000L);
    }
    HttpTalk.Answer folded = talk.get("/debug/fgprof?seconds=1&format=folded");
    assertThat(folded.header("Content-Type")).startsWith("text/plain");
    assertThat(folded.text().lines()).isNotEmpty().allMatch(line -> line.matches(".+ \\d+"));
  }

  @Test
  void refusesBadSecondsOfFgprof() throws IOException {
    assertThat(talk.get("/debug/fgprof?seconds=0").status()).isEqualTo(400);
    assertThat(talk.get("/debug/fgprof?seconds=x").status()).isEqualTo(400);
    assertThat(talk.get("/debug/fgprof?seconds=121").status()).isEqualTo(400);
    assertThat(talk.send("POST", "/debug/fgprof", Map.of()).status()).isEqualTo(405);
    assertThat(talk.send("HEAD", "/debug/fgprof", Map.of()).status()).isEqualTo(200);
  }
}
