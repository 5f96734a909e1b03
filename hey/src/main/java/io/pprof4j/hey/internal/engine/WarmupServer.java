// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** The server inside this process that the engine warms up against: any request, two bytes back. */
final class WarmupServer implements Closeable {
  private static final byte[] RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int BACKLOG = 50;

  private final ServerSocket socket;
  private final boolean secure;

  private WarmupServer(ServerSocket socket, boolean secure) {
    this.socket = socket;
    this.secure = secure;
    daemon(this::accept);
  }

  /**
   * Starts on a free port of the loopback interface.
   *
   * @param secure whether it speaks TLS, with a certificate made for this run
   */
  static WarmupServer start(boolean secure) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    if (!secure) {
      return new WarmupServer(new ServerSocket(0, BACKLOG, loopback), false);
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(WarmupIdentity.keyManagers(), null, null);
      return new WarmupServer(
          context.getServerSocketFactory().createServerSocket(0, BACKLOG, loopback), true);
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  HttpUrl url() {
    String scheme = secure ? "https" : "http";
    return HttpUrl.parse(scheme + "://127.0.0.1:" + socket.getLocalPort() + "/");
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "hey-warmup");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        daemon(() -> answer(client));
      }
    } catch (IOException closed) {
      // The run is over, and so is the server.
      return;
    }
  }

  private static void answer(Socket client) {
    try (client) {
      byte[] request = new byte[1024];
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      // A request of this size arrives whole.
      while (in.read(request) > 0) {
        out.write(RESPONSE);
      }
    } catch (IOException closed) {
      // The client hung up.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
