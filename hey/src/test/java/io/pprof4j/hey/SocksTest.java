// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SocksTest {
  private static Report run(TestServer server, String host, String proxy) throws Exception {
    return Hey.builder()
        .url("http://" + host + ":" + server.port() + "/path")
        .proxy(proxy)
        .requests(6)
        .workers(2)
        .build()
        .run();
  }

  @ParameterizedTest
  @CsvSource({
    "name.invalid,name.invalid",
    "127.0.0.1,127.0.0.1",
    "[::1],0:0:0:0:0:0:0:1",
  })
  void letsTheProxyConnect(String host, String asked) throws Exception {
    try (TestServer server = TestServer.answering("x");
        SocksProxy proxy = new SocksProxy("", 0)) {
      Report report = run(server, host, proxy.url(""));

      assertThat(report.errors()).isEmpty();
      assertThat(report.statusCodes()).isEqualTo(Map.of(200, 6L));
      assertThat(proxy.asked()).containsOnly(asked).hasSizeLessThanOrEqualTo(2);
      assertThat(server.requests()).allMatch(each -> each.line().equals("GET /path HTTP/1.1"));
    }
  }

  @Test
  void saysWhoItIsIfTheProxyWantsToKnow() throws Exception {
    try (TestServer server = TestServer.answering("x");
        SocksProxy proxy = new SocksProxy("me:se cret", 0)) {
      assertThat(run(server, "a.invalid", proxy.url("me:se%20cret@")).successes()).isEqualTo(6);
      assertThat(run(server, "a.invalid", proxy.url("me:wrong@")).errors().toString())
          .contains("socks connect: username/password authentication failed");
      assertThat(run(server, "a.invalid", proxy.url("")).errors().toString())
          .contains("socks connect: no acceptable authentication methods");
    }
  }

  @ParameterizedTest
  @CsvSource({"2,connection not allowed by ruleset", "5,connection refused", "77,code 77"})
  void saysWhyTheProxyRefuses(int reply, String reason) throws Exception {
    try (TestServer server = TestServer.answering("x");
        SocksProxy proxy = new SocksProxy("", reply)) {
      Report report = run(server, "a.invalid", proxy.url(""));

      assertThat(report.successes()).isZero();
      assertThat(report.errors().toString()).contains("socks connect: " + reason);
    }
  }
}
