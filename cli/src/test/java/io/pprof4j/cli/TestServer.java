// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** An HTTP server on loopback that answers each connection once, as a function of the request. */
final class TestServer implements AutoCloseable {
  /** A request. Names of headers are in lower case. */
  record Request(String method, String target, Map<String, String> headers) {}

  /** Writes the whole answer, status line included. */
  interface Answer {
    void write(Request request, OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final Answer answer;
  final List<Request> requests = new CopyOnWriteArrayList<>();

  TestServer(Answer answer) throws IOException {
    this(ServerSocketFactory.getDefault(), answer);
  }

  TestServer(ServerSocketFactory factory, Answer answer) throws IOException {
    this.answer = answer;
    socket = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  static byte[] ok(byte[] body) throws IOException {
    java.io.ByteArrayOutputStream response = new java.io.ByteArrayOutputStream();
    response.write(head("200 OK", "Content-Length: " + body.length));
    response.write(body);
    return response.toByteArray();
  }

  static byte[] head(String status, String... headers) {
    String fields = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return ("HTTP/1.1 " + status + "\r\nConnection: close\r\n" + fields + "\r\n")
        .getBytes(ISO_8859_1);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "test-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        daemon(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        OutputStream out = client.getOutputStream()) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
      String first = in.readLine();
      if (first == null) {
        return;
      }
      Map<String, String> headers = new TreeMap<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      String[] words = first.split(" ", 3);
      Request request = new Request(words[0], words[1], headers);
      requests.add(request);
      answer.write(request, out);
      out.flush();
    } catch (IOException clientGone) {
      // The client has its answer, or does not want it.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
