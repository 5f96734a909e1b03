// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteSourceTest {
  @ParameterizedTest
  @CsvSource({
    "localhost:4000/debug/pprof/heap, http://localhost:4000/debug/pprof/heap",
    "127.0.0.1:1/x, http://127.0.0.1:1/x",
    "https+insecure://h/p?z=1&a=2&m, https+insecure://h/p?a=2&m=&z=1",
    "http://h/a b, http://h/a%20b",
    "http://u:p@h/x#f, http://u:p@h/x#f",
    "http://h/x?, http://h/x?",
    "http://h/x?a;b, http://h/x"
  })
  void completesAddresses(String source, String url) {
    assertThat(source(source, 0, 0).url()).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:secret@h/x, http://u:***@h/x, h:80",
    "http://u@h:/x, http://u@h/x, h:80",
    "https://[::1]:7/x?, https://[::1]:7/x?, [::1]:7",
    "https+insecure://[::1]/, https+insecure://[::1]/, [::1]:443"
  })
  void showsNoPasswords(String source, String shown, String hostAndPort) {
    assertThat(source(source, 0, 0).url().shown()).isEqualTo(shown);
    assertThat(source(source, 0, 0).url().hostAndPort()).isEqualTo(hostAndPort);
  }

  @ParameterizedTest
  @CsvSource({
    "y, http://h/a/y",
    "?q=1, http://h/a/b?q=1",
    "/c/../d/./e?, http://h/d/e?",
    "../.., http://h/",
    "//other/z, http://other/z",
    "ftp://f/x, ftp://f/x",
    "'', http://h/a/b?p=2"
  })
  void resolvesRedirects(String location, String url) {
    assertThat(source("http://h/a/b?p=2", 0, 0).url().resolve(location)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "-cum", "file:///a/b", "dir/file.pb.gz"})
  void leavesWhatIsNoAddress(String source) {
    assertThat(RemoteSource.of(source, 0, 0)).isNull();
  }

  @Test
  void asksForTheSecondsOfTheFlagAndWaitsLonger() {
    RemoteSource source = source("http://h/profile?seconds=5", 10, 0);

    assertThat(source.url()).hasToString("http://h/profile?seconds=10");
    assertThat(source.timeout()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void takesTheTimeoutFromFlagAddressOrDefault() {
    assertThat(source("http://h/p?seconds=30", 0, 7).timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(source("http://h/p?seconds=30", 0, 0).timeout()).isEqualTo(Duration.ofSeconds(45));
    assertThat(source("http://h/p", 0, 0).timeout()).isEqualTo(Duration.ofSeconds(60));
  }

  private static RemoteSource source(String text, long seconds, long timeout) {
    return Objects.requireNonNull(RemoteSource.of(text, seconds, timeout));
  }
}
