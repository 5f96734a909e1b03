// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Speaks HTTP/1.1 with browsers (RFC 9112), as far as pages that are asked for need it.
 *
 * <p>The JDK's own server rejects addresses with characters such as {@code |}, which browsers send
 * as they are typed: {@code ?f=main|run}.
 */
final class HttpListener implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 128;
  private static final int IDLE_SECONDS = 10;
  private static final int READ_TIMEOUT_MILLIS = 30_000;
  private static final int ACCEPT_PAUSE_MILLIS = 100;

  /** Bodies carry nothing for us; a longer one costs its sender the connection. */
  private static final long MAX_SKIPPED = 1 << 20;

  private static final Map<Integer, String> REASONS =
      Map.of(
          200, "OK",
          301, "Moved Permanently",
          307, "Temporary Redirect",
          400, "Bad Request",
          403, "Forbidden",
          404, "Not Found",
          405, "Method Not Allowed",
          500, "Internal Server Error");

  private final ServerSocket socket;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          MAX_CONNECTIONS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          HttpListener::daemon);

  /** Starts to listen; nothing is answered before {@link #serve}. */
  HttpListener(InetAddress address, int port) throws IOException {
    socket = new ServerSocket(port, MAX_CONNECTIONS, address);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "pprof4j-web");
    thread.setDaemon(true);
    return thread;
  }

  /** The address that is listened on, with the port that was chosen. */
  InetSocketAddress address() {
    return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
  }

  /** Answers every request with what a function makes of it, on several threads. */
  void serve(Function<WebRequest, WebResponse> handler) {
    daemon(() -> accept(handler)).start();
  }

  private void accept(Function<WebRequest, WebResponse> handler) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        try {
          threads.execute(() -> converse(connection, handler));
        } catch (RejectedExecutionException tooMany) {
          end(connection);
        }
      } catch (IOException closedOrRefused) {
        // The loop ends if it was closed. Else the process may have no file left to give, which
        // does not change before a connection ends.
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(ACCEPT_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void converse(Socket connection, Function<WebRequest, WebResponse> handler) {
    try (connection) {
      connection.setTcpNoDelay(true);
      connection.setSoTimeout(READ_TIMEOUT_MILLIS);
      boolean local = connection.getInetAddress().isLoopbackAddress();
      InputStream in = new BufferedInputStream(connection.getInputStream());
      while (answerOne(new RequestReader(in, local), connection, in, handler)) {
        // The client may go on with the next request.
      }
    } catch (IOException clientWentAway) {
      // Nobody is left who could be told.
    } finally {
      open.remove(connection);
    }
  }

  /** Answers one request and tells whether another may follow. */
  private static boolean answerOne(
      RequestReader reader,
      Socket connection,
      InputStream in,
      Function<WebRequest, WebResponse> handler)
      throws IOException {
    if (!reader.read()) {
      if (reader.isMalformed()) {
        send(connection, WebResponse.error(400, "400 Bad Request"), true, false);
      }
      return false;
    }
    WebRequest request = reader.request();
    boolean more = reader.keepsOpen() && reader.bodyLength() <= MAX_SKIPPED;
    if (more) {
      in.skipNBytes(reader.bodyLength());
    }
    boolean unzips = request.header("accept-encoding").contains("gzip");
    WebResponse response = handler.apply(request);
    WebResponse suited = unzips ? response.compressed() : response.plain();
    send(connection, suited, !request.method().equals("HEAD"), more);
    return more;
  }

  private static void send(
      Socket connection, WebResponse response, boolean withBody, boolean staysOpen)
      throws IOException {
    StringBuilder head = new StringBuilder(512);
    head.append("HTTP/1.1 ").append(response.status()).append(' ');
    head.append(REASONS.getOrDefault(response.status(), "Status")).append("\r\n");
    response
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(response.body().length);
    head.append("\r\nVary: Accept-Encoding\r\nConnection: ");
    head.append(staysOpen ? "keep-alive" : "close").append("\r\n\r\n");
    // In one piece: a head on its own would wait for its acknowledgement.
    ByteArrayOutputStream message = new ByteArrayOutputStream(response.body().length + 1024);
    message.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    if (withBody) {
      message.writeBytes(response.body());
    }
    message.writeTo(connection.getOutputStream());
    connection.getOutputStream().flush();
  }

  private void end(Socket connection) {
    open.remove(connection);
    try {
      connection.close();
    } catch (IOException alreadyGone) {
      // It was to be ended anyway.
    }
  }

  /** Stops listening and ends all connections. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // It was to be ended anyway.
    }
    threads.shutdownNow();
    open.forEach(this::end);
  }
}
