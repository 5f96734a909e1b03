// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers the routes of one case and remembers what it was asked. It speaks HTTP by itself because
 * the cases fix the reason phrase, which the JDK's server does not let one choose.
 */
final class RouteServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<ConformanceCase.Route> routes;
  private final Path root;
  private final List<String> requests = new ArrayList<>();

  private RouteServer(ServerSocket socket, List<ConformanceCase.Route> routes, Path root) {
    this.socket = socket;
    this.routes = routes;
    this.root = root;
  }

  static RouteServer start(List<ConformanceCase.Route> routes, Path root) throws IOException {
    RouteServer server =
        new RouteServer(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), routes, root);
    Thread acceptor = new Thread(server::accept, "route-server");
    acceptor.setDaemon(true);
    acceptor.start();
    return server;
  }

  String hostAndPort() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** The requests seen so far, sorted: method, target and, if there is one, the body. */
  List<String> requests() {
    synchronized (requests) {
      return requests.stream().sorted().toList();
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread worker = new Thread(() -> serve(client), "route-server-worker");
        worker.setDaemon(true);
        worker.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      String[] request = line(in).split(" ", -1);
      if (request.length != 3 || !request[2].startsWith("HTTP/")) {
        return; // Not HTTP, such as the start of a TLS handshake, whose random bytes may be blanks.
      }
      int length = 0;
      for (String header = line(in); !header.isEmpty(); header = line(in)) {
        if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(15).trim());
        }
      }
      String body = new String(in.readNBytes(length), UTF_8);
      synchronized (requests) {
        requests.add(request[0] + " " + request[1] + (body.isEmpty() ? "" : " " + body));
      }
      answer(request[0], request[1], client.getOutputStream());
    } catch (IOException e) {
      // The command hung up; what it printed tells why.
      return;
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }

  private void answer(String method, String target, OutputStream out) throws IOException {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    for (ConformanceCase.Route route : routes) {
      String wanted = route.method() == null ? "GET" : route.method();
      if (route.path().equals(path) && wanted.equals(method)) {
        LockSupport.parkNanos(route.delayMillis() * 1_000_000);
        int status = route.status() == null ? 200 : route.status();
        String reason = route.reason() == null ? "OK" : route.reason();
        Map<String, String> headers = route.headers() == null ? Map.of() : route.headers();
        send(out, status + " " + reason, headers, body(route));
        return;
      }
    }
    send(out, "404 Not Found", Map.of(), new byte[0]);
  }

  private byte[] body(ConformanceCase.Route route) throws IOException {
    if (route.bodyFile() != null) {
      return Files.readAllBytes(root.resolve(route.bodyFile()));
    }
    return route.body() == null ? new byte[0] : route.body().getBytes(UTF_8);
  }

  private static void send(
      OutputStream out, String status, Map<String, String> headers, byte[] body)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
    out.write(head.toString().getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
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
