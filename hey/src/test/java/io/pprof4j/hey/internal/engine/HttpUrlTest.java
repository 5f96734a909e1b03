// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expectations are what Go's net/url says of the same text. */
class HttpUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://h/,http,h,80,h,/",
    "HTTP://h:8080,http,h,8080,h:8080,/",
    "https://h/a b?c=%20&d={e}#f,https,h,443,h,/a%20b?c=%20&d={e}",
    "http://[::1]:81/x,http,::1,81,[::1]:81,/x",
    "http://u:p@h/,http,h,80,h,/",
    "http://h/%41%2f,http,h,80,h,/%41%2f",
    "http://h/ü,http,h,80,h,/%C3%BC"
  })
  void readsUrls(
      String text, String scheme, String host, int port, String hostField, String target) {
    HttpUrl url = HttpUrl.parse(text);

    assertThat(url.scheme()).isEqualTo(scheme);
    assertThat(url.origin().host()).isEqualTo(host);
    assertThat(url.origin().port()).isEqualTo(port);
    assertThat(url.hostField()).isEqualTo(hostField);
    assertThat(url.requestTarget()).isEqualTo(target);
    assertThat(url.isRequestable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:8080|parse \"127.0.0.1:8080\": first path segment in URL cannot contain colon",
        ":80|parse \":80\": missing protocol scheme",
        "http://h:8x/|parse \"http://h:8x/\": invalid port \":8x\" after host",
        "http://[::1/|parse \"http://[::1/\": missing ']' in host",
        "http://h/%zz|parse \"http://h/%zz\": invalid URL escape \"%zz\"",
        "http://a b/|parse \"http://a b/\": invalid character \" \" in host name"
      })
  void refusesWithTheWordsOfGo(String text, String message) {
    assertThatThrownBy(() -> HttpUrl.parse(text)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080,unsupported protocol scheme \"localhost\"",
    "foo,unsupported protocol scheme \"\"",
    "http:///x,http: no Host in request URL"
  })
  void saysWhyItCannotBeRequested(String text, String refusal) {
    assertThat(HttpUrl.parse(text).isRequestable()).isFalse();
    assertThat(HttpUrl.parse(text).refusal()).isEqualTo(refusal);
  }

  @ParameterizedTest
  @CsvSource({
    "/x,http://h:1/x",
    "x,http://h:1/a/x",
    "../x?q,http://h:1/x?q",
    "?q=1,http://h:1/a/b?q=1",
    "//other/y,http://other/y",
    "https://o/,https://o/",
    "../../../z,http://h:1/z"
  })
  void resolvesLocations(String location, String expected) {
    assertThat(HttpUrl.parse("http://h:1/a/b?old").resolve(location)).hasToString(expected);
  }

  @Test
  void hidesPasswords() {
    assertThat(HttpUrl.parse("http://u:secret@h/x")).hasToString("http://u:xxxxx@h/x");
    assertThat(HttpUrl.parse("http://u:secret@h/x").withoutUser()).isEqualTo("http://h/x");
  }
}
