// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {
  private static final String NEXT = "HTTP/1.1 204 ";

  private static ResponseParser parser() {
    ResponseParser parser = new ResponseParser();
    parser.reset(false);
    return parser;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\ncontent-length:5  \r\nX: y\r\n\r\nhello",
        "HTTP/1.1 200\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nhe\r\n3;ext=\"1\"\r\nllo\r\n0\r\nA: b\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
      })
  void findsTheEndWhereverTheBytesAreCut(String response) throws IOException {
    byte[] all = bytes(response + NEXT);
    int length = response.length();
    for (int step = 1; step <= all.length; step++) {
      ResponseParser parser = parser();
      int used = 0;
      while (used < all.length && !parser.isDone()) {
        int piece = Math.min(step, all.length - used);
        int taken = parser.feed(all, used, piece);
        assertThat(parser.isDone() || taken == piece).isTrue();
        used += taken;
      }

      assertThat(parser.isDone()).as("step %d", step).isTrue();
      assertThat(used).as("step %d", step).isEqualTo(length);
      assertThat(parser.status()).isEqualTo(200);
      assertThat(parser.bodyBytes()).isEqualTo(5);
      assertThat(parser.keepAlive()).isTrue();
    }
  }

  @Test
  void theAnswerToHeadHasTheLengthButNoBody() throws IOException {
    ResponseParser parser = new ResponseParser();
    parser.reset(true);
    byte[] head = bytes("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: Close\r\n\r\n");

    assertThat(parser.feed(head, 0, head.length)).isEqualTo(head.length);
    assertThat(parser.isDone()).isTrue();
    assertThat(parser.bodyBytes()).isEqualTo(7);
    assertThat(parser.keepAlive()).isFalse();
  }

  @Test
  void aBodyWithoutLengthEndsWithTheConnection() throws IOException {
    ResponseParser parser = parser();
    byte[] response = bytes("HTTP/1.0 404 No\r\nLocation:  /x \r\n\r\nabc");
    parser.feed(response, 0, response.length);

    assertThat(parser.isDone()).isFalse();
    parser.endOfStream();
    assertThat(parser.isDone()).isTrue();
    assertThat(parser.bodyBytes()).isEqualTo(3);
    assertThat(parser.keepAlive()).isFalse();
    assertThat(parser.location()).contains("/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n"
      })
  void refusesWhatIsNoHttp(String response) {
    byte[] all = bytes(response);

    assertThatThrownBy(() -> parser().feed(all, 0, all.length)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesAnEndlessHead() {
    ResponseParser parser = parser();
    byte[] line = bytes("HTTP/1.1 200 OK\r\nX: " + "y".repeat(60_000));

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                parser.feed(line, 0, line.length);
              }
            })
        .hasMessageContaining("server response headers exceeded");
  }

  @Test
  void theEndOfTheStreamIsNamed() throws IOException {
    assertThatThrownBy(() -> parser().endOfStream())
        .isInstanceOf(EOFException.class)
        .hasMessage("EOF");
    ResponseParser begun = parser();
    byte[] part = bytes("HTTP/1.1 200 OK\r\n");
    begun.feed(part, 0, part.length);
    assertThatThrownBy(begun::endOfStream).hasMessage("unexpected EOF");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void survivesRandomBytes(long seed) {
    Random random = new Random(seed);
    byte[] valid =
        bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
    for (int round = 0; round < 2000; round++) {
      byte[] broken = valid.clone();
      for (int i = 0; i < 3; i++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      ResponseParser parser = parser();
      try {
        int used = parser.feed(broken, 0, broken.length);
        assertThat(used).isBetween(0, broken.length);
      } catch (IOException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }
}
