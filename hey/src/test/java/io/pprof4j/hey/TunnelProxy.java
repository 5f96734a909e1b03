// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP proxy for one tunnel at a time. */
final class TunnelProxy implements Closeable {
  private final ServerSocket socket;
  private volatile byte[] head = new byte[0];

  TunnelProxy() throws IOException {
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    daemon(this::serve);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "tunnel");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    try {
      while (true) {
        Socket client = socket.accept();
        String request = readHead(client.getInputStream());
        head = request.getBytes(StandardCharsets.ISO_8859_1);
        String port = request.substring(request.indexOf(':') + 1, request.indexOf(" HTTP"));
        Socket server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
        client
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        daemon(() -> copy(client, server));
        daemon(() -> copy(server, client));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      bytes.write(in.read());
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException closed) {
      return;
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  byte[] head() {
    return head;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
