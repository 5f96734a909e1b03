// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks an HTTP proxy for a tunnel by {@code CONNECT} (RFC 9110, section 9.3.6). */
final class HttpTunnel implements ProxyHandshake {
  private static final byte[] NOTHING = {};

  private final HttpUrl proxy;
  private final Origin origin;
  private final ResponseParser answer = new ResponseParser();
  private boolean done;

  HttpTunnel(HttpUrl proxy, Origin origin) {
    this.proxy = proxy;
    this.origin = origin;
    answer.reset(true);
  }

  @Override
  public byte[] opening() {
    StringBuilder request = new StringBuilder();
    request.append("CONNECT ").append(origin.hostPort()).append(" HTTP/1.1\r\nHost: ");
    request.append(origin.hostPort());
    RequestSpec.basicAuth(proxy)
        .ifPresent(value -> request.append("\r\nProxy-Authorization: ").append(value));
    return request.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public byte[] received(byte[] bytes, int offset, int length) throws IOException {
    answer.feed(bytes, offset, length);
    if (answer.isDone()) {
      if (answer.status() != 200) {
        throw new IOException("proxy refused the tunnel with status " + answer.status());
      }
      done = true;
    }
    return NOTHING;
  }

  @Override
  public boolean isDone() {
    return done;
  }
}
