// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.sample;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests in great number, each as cheap as can be for the client. */
final class Load {
  private static final byte[] REQUEST =
      "POST /sendjson HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int WORKERS = 4;

  private Load() {}

  /** Sends so many requests to a port of this machine. */
  static void send(int port, int requests) throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        work.add(() -> sendInTurn(port, requests / WORKERS));
      }
      for (Future<Void> done : workers.invokeAll(work)) {
        done.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static Void sendInTurn(int port, int requests) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      socket.getOutputStream().write(REQUEST);
      byte[] answer = new byte[readOne(in)];
      for (int sent = 1; sent < requests; sent++) {
        socket.getOutputStream().write(REQUEST);
        in.readFully(answer);
      }
    }
    return null;
  }

  /** The length of an answer; all are alike, and end with the one line feed after a brace. */
  private static int readOne(InputStream in) throws IOException {
    int length = 0;
    int before = 0;
    for (int unit = in.read(); unit >= 0; unit = in.read()) {
      length++;
      if (unit == '\n' && before == '}') {
        return length;
      }
      before = unit;
    }
    throw new IOException("the connection ended");
  }
}
