// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SendJsonTest {
  private static final String ANSWER = "{\"Name\":\"bill\",\"Email\":\"bill@ardanlabs.com\"}\n";

  @Test
  void answersEveryMethodWithTheMarshalledValue() throws Exception {
    try (ServiceProcess service = ServiceProcess.start()) {
      for (String method : new String[] {"GET", "POST", "PUT", "DELETE", "OPTIONS"}) {
        ServiceProcess.Answer answer = service.send(method, "/sendjson");

        assertThat(answer.status()).as(method).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo(ANSWER);
      }
      assertThat(service.send("GET", "/other").status()).isEqualTo(404);
    }
  }

  @Test
  void servesProfilesThroughVertx() throws Exception {
    try (ServiceProcess service = ServiceProcess.start()) {
      assertThat(service.send("GET", "/debug/pprof/").body()).contains("goroutine?debug=1");
      assertThat(service.send("GET", "/debug/pprof").status()).isEqualTo(307);
      assertThat(service.send("HEAD", "/debug/pprof/heap").status()).isEqualTo(200);
      assertThat(service.send("GET", "/debug/pprof/nosuch").status()).isEqualTo(404);
      assertThat(service.send("POST", "/debug/pprof/heap").status()).isEqualTo(405);
      assertThat(service.send("POST", "/debug/pprof/symbol").body()).isEqualTo("num_symbols: 1\n");
      assertThat(service.send("GET", "/debug/pprof/cmdline").body()).contains("\0" + "-addr\0");
    }
  }

  @Test
  void aLongCaptureHoldsUpNoRequest() throws Exception {
    try (ServiceProcess service = ServiceProcess.start()) {
      CompletableFuture<Integer> capture =
          CompletableFuture.supplyAsync(() -> status(service, "/debug/pprof/profile?seconds=3"));
      int answered = 0;
      while (!capture.isDone()) {
        assertThat(service.send("GET", "/sendjson").status()).isEqualTo(200);
        answered++;
      }

      assertThat(capture.join()).isEqualTo(200);
      assertThat(answered).isGreaterThan(20);
    }
  }

  private static int status(ServiceProcess service, String path) {
    try {
      return service.send("GET", path).status();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void allocSpaceIsWhatTheJvmCountsAndNamesTheHandler() throws Exception {
    // At 64 KiB some 7,000 samples of the load are taken: one sigma is near 1 %.
    try (ServiceProcess service =
        ServiceProcess.start("-Dpprof4j.memprofilerate=65536", "-Dpprof4j.heap.cpubudget=0")) {
      Load.send(service.port(), 20_000);
      totalAlloc(service);
      // Asking allocates too. In this order either figure holds the cost of one totalAlloc().
      long sampledBefore = allocs(service).total(1);
      long countedBefore = totalAlloc(service);
      Load.send(service.port(), 200_000);
      Profile after = allocs(service);
      long counted = totalAlloc(service) - countedBefore;

      double sampled = after.total(1) - sampledBefore;
      assertThat(sampled / counted).isCloseTo(1, within(0.05));
      assertThat(functions(after))
          .contains(
              "io.pprof4j.sample.SendJson.sendJson",
              "io.pprof4j.sample.SendJson.newUser",
              "io.pprof4j.sample.SendJson.marshal");
    }
  }

  private static Profile allocs(ServiceProcess service) throws Exception {
    try (InputStream in = service.open("/debug/pprof/allocs")) {
      return Profile.read(in);
    }
  }

  private static long totalAlloc(ServiceProcess service) throws Exception {
    String text = service.send("GET", "/debug/pprof/heap?debug=1").body();
    Matcher line = Pattern.compile("# TotalAlloc = (\\d+)").matcher(text);
    assertThat(line.find()).isTrue();
    return Long.parseLong(line.group(1));
  }

  private static Set<String> functions(Profile profile) {
    TreeSet<String> names = new TreeSet<>();
    for (Sample sample : profile.samples()) {
      sample
          .locations()
          .forEach(location -> location.lines().forEach(line -> names.add(line.function().name())));
    }
    return names;
  }

  @Test
  void freesItsPortWhenToldToStop() throws Exception {
    ServiceProcess service = ServiceProcess.start();

    service.process().destroy(); // SIGTERM

    assertThat(service.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    try (ServerSocket again = new ServerSocket()) {
      again.setReuseAddress(true);
      again.bind(new InetSocketAddress("localhost", service.port()));
      assertThat(again.isBound()).isTrue();
    }
  }

  @Test
  void aTakenPortIsSaidAndEndsWithOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String addr = "localhost:" + taken.getLocalPort();

      Process second = ServiceProcess.launch(List.of(), "-addr", addr);

      List<String> said = ServiceProcess.errors(second).lines().toList();
      assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(second.exitValue()).isEqualTo(1);
      assertThat(said).anyMatch(line -> line.startsWith("sendjson: cannot listen on " + addr));
    }
  }

  @Test
  void aWrongAddressIsAUsageError() throws Exception {
    Process wrong = ServiceProcess.launch(List.of(), "-addr", "nonsense");

    List<String> said = ServiceProcess.errors(wrong).lines().toList();
    assertThat(wrong.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(wrong.exitValue()).isEqualTo(2);
    assertThat(said).anyMatch(line -> line.contains("must be host:port"));
  }
}
