// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Lets the JVM compile the engine before anything is measured, by requests to a server of its own
 * inside this process. Without it the first requests to the target seem to take a thousand times as
 * long as they do.
 */
public final class EngineWarmup {
  private static final long DURATION_NANOS = 200_000_000;
  private static final int WORKERS = 4;
  private static final byte[] RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
          .getBytes(StandardCharsets.US_ASCII);

  private EngineWarmup() {}

  /**
   * Warms up for a fifth of a second.
   *
   * @param net the options of the run that follows
   * @param secure whether it speaks TLS
   */
  public static void run(NetOptions net, boolean secure) throws IOException, InterruptedException {
    if (secure) {
      // Loading the JDK's TLS alone takes a tenth of a second.
      new TlsEngines(net.tls(), net.protocol()).engine("localhost", 443).beginHandshake();
    }
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
      daemon(() -> serve(server));
      HttpUrl url = HttpUrl.parse("http://127.0.0.1:" + address.getPort() + "/");
      RequestSpec spec =
          new RequestSpec("GET", List.of(), Optional.empty(), new byte[0], true, true);
      NetOptions plain =
          new NetOptions(
              Protocol.HTTP_1_1, 0, true, true, Proxies.NONE, Optional.empty(), net.tls());
      LoadPlan plan = new LoadPlan(0, WORKERS, DURATION_NANOS, 0, 0, 1);
      Target target = new Target(url, spec, Optional.empty());
      new Run(plan, plain, List.of(target), null).run();
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "hey-warmup");
    thread.setDaemon(true);
    thread.start();
  }

  private static void serve(ServerSocketChannel server) {
    try {
      while (true) {
        SocketChannel client = server.accept();
        daemon(() -> answer(client));
      }
    } catch (IOException closed) {
      // The run is over, and so is the server.
      return;
    }
  }

  private static void answer(SocketChannel client) {
    try (client) {
      ByteBuffer request = ByteBuffer.allocate(1024);
      ByteBuffer response = ByteBuffer.wrap(RESPONSE);
      // A request of this size arrives whole.
      while (client.read(request.clear()) > 0) {
        client.write(response.rewind());
      }
    } catch (IOException closed) {
      // The client hung up.
      return;
    }
  }
}
