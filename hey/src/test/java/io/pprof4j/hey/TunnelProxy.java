// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP proxy that makes tunnels, and remembers the last request for one. */
final class TunnelProxy implements Closeable {
  private final ServerSocket socket;
  private volatile byte[] head = new byte[0];

  TunnelProxy() throws IOException {
    this(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
  }

  /** Takes its clients from that socket, which may speak TLS. */
  TunnelProxy(ServerSocket socket) {
    this.socket = socket;
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
        daemon(() -> connect(client));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void connect(Socket client) {
    try {
      String request = readHead(client.getInputStream());
      head = request.getBytes(StandardCharsets.ISO_8859_1);
      String port = request.substring(request.indexOf(':') + 1, request.indexOf(" HTTP"));
      Socket server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      daemon(() -> copy(client, server));
      copy(server, client);
    } catch (IOException refused) {
      return;
    }
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("no request");
      }
      bytes.write(next);
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
