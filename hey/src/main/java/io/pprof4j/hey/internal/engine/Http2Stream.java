// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.util.Optional;

/** One request on an HTTP/2 connection. */
final class Http2Stream {
  final int id;
  final Worker worker;

  /** How many bytes of body may still be sent by the peer's flow control. */
  long sendWindow;

  int bodySent;

  /** Bytes received since the last window update. */
  int unacknowledged;

  long bodyBytes;
  int status;
  long contentLength = -1;
  Optional<String> location = Optional.empty();

  Http2Stream(int id, Worker worker, long sendWindow) {
    this.id = id;
    this.worker = worker;
    this.sendWindow = sendWindow;
  }

  byte[] body() {
    return worker.target().spec().body();
  }

  boolean isSent() {
    return bodySent == body().length;
  }

  /** Takes one field of the response. */
  void field(String name, String value) {
    switch (name) {
      case ":status" -> status = number(value, 999);
      case "content-length" -> contentLength = number(value, Long.MAX_VALUE);
      case "location" -> location = Optional.of(value);
      default -> {}
    }
  }

  private static int number(String text, int max) {
    return (int) number(text, (long) max);
  }

  private static long number(String text, long max) {
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || i > 17) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return text.isEmpty() || value > max ? -1 : value;
  }
}
