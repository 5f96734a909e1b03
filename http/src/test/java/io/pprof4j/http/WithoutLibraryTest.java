// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Profile;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The heap profiles of a JVM into which the native sampler cannot be loaded. */
class WithoutLibraryTest {
  private Process child;
  private HttpTalk talk;

  @BeforeEach
  void start() throws Exception {
    child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpprof4j.native.dir=/proc/nowhere",
                "-cp",
                System.getProperty("java.class.path"),
                Listener.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    int port = Integer.parseInt(out.readLine());
    talk = new HttpTalk(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  @AfterEach
  void stop() {
    child.destroyForcibly();
  }

  @Test
  void theIndexSaysSoAtOnce() throws Exception {
    assertThat(talk.get("/debug/pprof/").text())
        .contains("The native sampler is not loaded: allocated bytes only");
  }

  @Test
  void thereAreNoColumnsOfWhatIsAlive() throws Exception {
    Profile heap = read("/debug/pprof/heap");

    assertThat(heap.sampleTypes())
        .extracting(type -> type.type())
        .contains("alloc_space")
        .noneMatch(type -> type.startsWith("inuse"));
    assertThat(heap.comments())
        .anyMatch(comment -> comment.contains("/proc/nowhere") && comment.contains("obstacle"));
  }

  /** Serving is what this program allocates for. */
  @Test
  void theProfileIsOfAllSinceTheStart() throws Exception {
    long before = bytes(read("/debug/pprof/allocs"));
    for (int request = 0; request < 2_000; request++) {
      talk.get("/debug/pprof/");
    }
    long then = bytes(read("/debug/pprof/allocs"));
    long later = bytes(read("/debug/pprof/allocs"));

    assertThat(then).isGreaterThan(before);
    assertThat(later).isGreaterThanOrEqualTo(then);
  }

  private static long bytes(Profile profile) {
    return profile.samples().stream().mapToLong(sample -> sample.value(1)).sum();
  }

  @Test
  void theTextFormIsRefusedInWords() throws Exception {
    for (String name : List.of("heap", "allocs")) {
      HttpTalk.Answer answer = talk.get("/debug/pprof/" + name + "?debug=1");

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.header("X-Go-Pprof")).isEqualTo("1");
      assertThat(answer.text())
          .startsWith("failed to collect profile: ")
          .contains("/proc/nowhere", "without debug=");
    }
  }

  @Test
  void theNextDeltaIsNotLessThanNothing() throws Exception {
    read("/debug/pprof/delta_heap");

    Profile next = read("/debug/pprof/delta_heap");

    next.samples().forEach(sample -> assertThat(sample.value(0)).isNotNegative());
  }

  private Profile read(String path) throws Exception {
    HttpTalk.Answer answer = talk.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return Profile.read(new ByteArrayInputStream(answer.bytes()));
  }
}
