// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Carries the bytes of clients that came before there was a server to it. */
final class Relays {
  private static final int CAPACITY = 16 << 10;

  /** Of each connection to the server, by its own end: where the client is. */
  private final Map<SocketAddress, InetSocketAddress> clients = new ConcurrentHashMap<>();

  /** The client behind a connection to the server. */
  InetSocketAddress clientOf(InetSocketAddress remote) {
    return clients.getOrDefault(remote, remote);
  }

  /** How many connections are carried now. */
  int size() {
    return clients.size();
  }

  /** Connects a client, on threads of its own, until one of both ends closes. */
  void carry(SocketChannel client, InetSocketAddress server) throws IOException {
    client.configureBlocking(true);
    // What one side has sent goes on at once, as if nothing stood between.
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SocketChannel inner = SocketChannel.open();
    try {
      inner.setOption(StandardSocketOptions.TCP_NODELAY, true);
      // Known before the server can see the connection.
      inner.bind(new InetSocketAddress(reachable(server), 0));
      SocketAddress name = inner.getLocalAddress();
      clients.put(name, (InetSocketAddress) client.getRemoteAddress());
      inner.connect(new InetSocketAddress(reachable(server), server.getPort()));
      Vigil.daemon(() -> requests(client, inner), "pprof4j-http-relay").start();
      Vigil.daemon(() -> answers(inner, client, name), "pprof4j-http-relay").start();
    } catch (IOException | RuntimeException e) {
      inner.close();
      throw e;
    }
  }

  private static InetAddress reachable(InetSocketAddress server) {
    InetAddress address = server.getAddress();
    return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
  }

  private static void requests(SocketChannel client, SocketChannel server) {
    try {
      copy(client, server);
      // It asks for no more, and may still wait for an answer.
      server.shutdownOutput();
    } catch (IOException e) {
      close(client, server);
    }
  }

  private void answers(SocketChannel server, SocketChannel client, SocketAddress name) {
    try {
      copy(server, client);
    } catch (IOException e) {
      // One of both has gone, and the other is told by the end.
    } finally {
      close(client, server);
      clients.remove(name);
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);
    while (from.read(buffer) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
      buffer.clear();
    }
  }

  private static void close(SocketChannel client, SocketChannel server) {
    try (client;
        server) {
      // Both are closed, even if one of them cannot be.
    } catch (IOException e) {
      // Nothing is left to be done.
    }
  }
}
