// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What requests say, read as Go reads it. */
class ParametersTest {
  @Test
  void aBadPairIsLostAndTheFirstOfSeveralWins() {
    Query query = Query.parse("debug=1;seconds=1&gc=%zz&a=1&a=2&b+c=%68eap&flag&=x&d=%ff");

    assertThat(query.get("debug")).isEmpty();
    assertThat(query.get("gc")).isEmpty();
    assertThat(query.get("a")).isEqualTo("1");
    assertThat(query.get("b c")).isEqualTo("heap");
    assertThat(query.get("flag")).isEmpty();
    assertThat(query.get("d")).isEqualTo("\ufffd");
  }

  @Test
  void readsWholeNumbersAsAtoi() {
    assertThat(GoNumbers.atoi("01")).isEqualTo(1);
    assertThat(GoNumbers.atoi("-1")).isEqualTo(-1);
    assertThat(GoNumbers.atoi("+7")).isEqualTo(7);
    assertThat(GoNumbers.atoi("1.5")).isZero();
    assertThat(GoNumbers.atoi("1_0")).isZero();
    assertThat(GoNumbers.atoi("١")).isZero();
    assertThat(GoNumbers.atoi("99999999999999999999")).isEqualTo(Long.MAX_VALUE);
    assertThat(GoNumbers.parseInt("99999999999999999999")).isEmpty();
    assertThat(GoNumbers.parseInt("9".repeat(1_000_000))).isEmpty();
  }

  @Test
  void readsFractionsAsParseFloat() {
    assertThat(GoNumbers.parseFloat("0.5")).hasValue(0.5);
    assertThat(GoNumbers.parseFloat(".5e1")).hasValue(5);
    assertThat(GoNumbers.parseFloat("0x1p-1")).hasValue(0.5);
    assertThat(GoNumbers.parseFloat("inf")).hasValue(Double.POSITIVE_INFINITY);
    assertThat(GoNumbers.parseFloat("1e999")).isEmpty();
    assertThat(GoNumbers.parseFloat("nan")).isEmpty();
    assertThat(GoNumbers.parseFloat("1d")).isEmpty();
    assertThat(GoNumbers.parseFloat(" 1")).isEmpty();
  }

  @Test
  void readsAddressesInAnyBase() {
    assertThat(GoNumbers.parseAddress("0x10")).isEqualTo(16);
    assertThat(GoNumbers.parseAddress("16")).isEqualTo(16);
    assertThat(GoNumbers.parseAddress("020")).isEqualTo(16);
    assertThat(GoNumbers.parseAddress("0o20")).isEqualTo(16);
    assertThat(GoNumbers.parseAddress("0b10000")).isEqualTo(16);
    assertThat(GoNumbers.parseAddress("0xffffffffffffffff")).isEqualTo(-1);
    assertThat(GoNumbers.parseAddress("0x")).isZero();
    assertThat(GoNumbers.parseAddress("0x-1")).isZero();
    assertThat(GoNumbers.parseAddress("zzz")).isZero();
    assertThat(GoNumbers.parseAddress("")).isZero();
  }

  @Test
  void cleansPaths() {
    assertThat(UrlPath.clean("/debug//pprof/./x/../heap")).isEqualTo("/debug/pprof/heap");
    assertThat(UrlPath.clean("/debug/pprof/")).isEqualTo("/debug/pprof/");
    assertThat(UrlPath.clean("/../../etc/passwd")).isEqualTo("/etc/passwd");
    assertThat(UrlPath.clean("//evil.example/")).isEqualTo("/evil.example/");
    assertThat(UrlPath.clean("/")).isEqualTo("/");
    assertThat(UrlPath.encode("/a b%\r\n\"<é")).isEqualTo("/a%20b%25%0D%0A%22%3C%C3%A9");
    assertThat(UrlPath.tidy("/a%20b\r\n")).isEqualTo("/a%20b%0D%0A");
    assertThat(UrlPath.ascii("a=b&c=\u00e9\r\n\u20ac")).isEqualTo("a=b&c=%E9%0D%0A%E2%82%AC");
  }

  @Test
  void namesCannotDriveATerminal() throws IOException {
    StringBuilder text = new StringBuilder();

    new SafeText(text).append("a\u001b[31m\tb\n\u202ec\u009b\r");

    assertThat(text).hasToString("a\\u001b[31m\tb\n\\u202ec\\u009b\\u000d");
  }

  @Test
  void htmlIsEscaped() {
    assertThat(Html.escape("<a href='x\"'>&")).isEqualTo("&lt;a href=&#39;x&#34;&#39;&gt;&amp;");
  }

  @Test
  void paceGivesATurnAtMostOnceInAWhile() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    Pace pace = new Pace(Duration.ofNanos(10), now::get);

    assertThat(pace.waitNanos()).isZero();
    assertThat(pace.waitNanos()).isEqualTo(10);
    now.addAndGet(9);
    assertThat(pace.waitNanos()).isEqualTo(1);
    now.addAndGet(1);
    assertThat(pace.waitNanos()).isZero();
  }
}
