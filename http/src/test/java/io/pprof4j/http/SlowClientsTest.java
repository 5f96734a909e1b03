// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that send or take a little and then nothing. */
class SlowClientsTest {
  /** More than there are threads that read requests, or that answer them. */
  private static final int MANY = 100;

  private final List<Socket> slow = new ArrayList<>();
  private PprofServer server;
  private HttpTalk talk;

  @BeforeEach
  void listen() throws IOException {
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = PprofServer.start(local, PprofHandler.create(), Duration.ofSeconds(1));
    talk = new HttpTalk(server.address());
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : slow) {
      socket.close();
    }
    server.close();
  }

  @Test
  void areDroppedWhenTheyDoNotFinishTheirRequest() throws IOException {
    for (int i = 0; i < MANY; i++) {
      Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write("GET /debug/pprof/profile?sec".getBytes(StandardCharsets.US_ASCII));
      slow.add(socket);
    }

    assertThat(talk.get("/debug/pprof/cmdline").status()).isEqualTo(200);
    assertThat(slow.get(0).getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void holdNoTurnWhileTheirBodyIsAwaited() throws IOException {
    for (int i = 0; i < PprofOptions.defaults().maxCollections(); i++) {
      slow.add(
          talk.open("GET", "/debug/pprof/profile?seconds=9", Map.of("Content-Length", "9"), ""));
    }

    assertThat(talk.get("/debug/pprof/goroutine?seconds=1").status()).isEqualTo(200);
  }
}
