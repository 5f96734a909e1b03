// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one connection: looks the name up, connects, passes the proxy (by TLS, if it wants that),
 * secures, and decides for a version of HTTP. Used by its loop's thread only.
 */
final class Dial implements LinkListener {
  private static final String PROXY_CONNECT = "proxyconnect tcp: ";

  private final ConnectionPool pool;
  private final EventLoop loop;
  private final long start = System.nanoTime();
  private @Nullable Worker worker;
  private @Nullable Link link;
  private List<InetAddress> addresses = List.of();
  private int tried;
  private String peer = "";
  private String firstFailure = "";
  private long dnsNanos;
  private boolean connected;

  /** Unless the proxy is spoken to by TLS there is nothing to secure. */
  private boolean proxyIsSecured = true;

  private Optional<ProxyHandshake> handshake = Optional.empty();

  Dial(ConnectionPool pool, Worker worker) {
    this.pool = pool;
    this.loop = pool.loop();
    this.worker = worker;
  }

  void start() {
    Optional<Path> socket = loop.net().unixSocket();
    if (socket.isPresent()) {
      peer = socket.get().toString();
      connect(UnixDomainSocketAddress.of(socket.get()), "unix");
      return;
    }
    loop.resolver().resolve(hop().host(), loop, this::resolved);
  }

  /** Where the TCP connection leads: to the proxy, if there is one. */
  private Origin hop() {
    return pool.proxy().map(HttpUrl::origin).orElse(pool.origin());
  }

  private void resolved(Resolver.Answer answer) {
    if (isAbandoned()) {
      return;
    }
    dnsNanos = answer.nanos();
    if (answer.addresses().isEmpty()) {
      fail("dial tcp: lookup " + hop().host() + ": no such host");
      return;
    }
    addresses = answer.addresses();
    connectNext();
  }

  private boolean isAbandoned() {
    return worker == null;
  }

  private void connectNext() {
    Origin hop = hop();
    InetAddress address = addresses.get(tried++);
    peer = new Origin(false, address.getHostAddress(), hop.port()).hostPort();
    connect(new InetSocketAddress(address, hop.port()), "tcp");
  }

  private void connect(SocketAddress address, String network) {
    try {
      link = Link.connect(loop, address, this);
    } catch (IOException e) {
      connectFailed(NetErrors.describeDial(e, network, peer));
    }
  }

  private void connectFailed(String reason) {
    if (firstFailure.isEmpty()) {
      firstFailure = pool.proxy().isPresent() ? PROXY_CONNECT + reason : reason;
    }
    if (tried < addresses.size()) {
      connectNext();
    } else {
      fail(firstFailure);
    }
  }

  private Link link() {
    if (link == null) {
      throw new IllegalStateException("not connected");
    }
    return link;
  }

  @Override
  public void connected() throws IOException {
    connected = true;
    Optional<HttpUrl> proxy = pool.proxy();
    if (proxy.isPresent() && proxy.get().scheme().equals("https")) {
      proxyIsSecured = false;
      link().secure(loop.tls().proxyEngine(hop().host(), hop().port()));
    } else {
      pass();
    }
  }

  /** Agrees with the proxy, if there is one, on where the connection leads. */
  private void pass() throws IOException {
    handshake = handshake();
    if (handshake.isPresent()) {
      link().write(ByteBuffer.wrap(handshake.get().opening()));
    } else {
      reached();
    }
  }

  /** What is to be agreed with the proxy; an HTTP proxy takes plain requests without. */
  private Optional<ProxyHandshake> handshake() throws IOException {
    Optional<HttpUrl> proxy = pool.proxy();
    if (proxy.isPresent() && proxy.get().isSocks()) {
      return Optional.of(new Socks5(HttpUrl.decode(proxy.get().userInfo()), pool.origin()));
    }
    return proxy
        .filter(url -> pool.origin().secure())
        .map(url -> new HttpTunnel(url, pool.origin()));
  }

  /** The connection leads to the target. */
  private void reached() throws IOException {
    if (pool.origin().secure()) {
      secure();
    } else {
      ready(loop.net().protocol() == Protocol.HTTP_2_PRIOR_KNOWLEDGE);
    }
  }

  private void secure() throws IOException {
    link().secure(loop.tls().engine(pool.serverName(), pool.origin().port()));
  }

  @Override
  public void received(byte[] bytes, int offset, int length) throws IOException {
    if (handshake.isEmpty()) {
      throw new IOException("the server spoke first");
    }
    byte[] next = handshake.get().received(bytes, offset, length);
    if (next.length > 0) {
      link().write(ByteBuffer.wrap(next));
    } else if (handshake.get().isDone()) {
      handshake = Optional.empty();
      reached();
    }
  }

  @Override
  public void flushed() {
    // What the proxy has to know is sent; its answer comes later.
  }

  @Override
  public void secured(String applicationProtocol) throws IOException {
    if (!proxyIsSecured) {
      proxyIsSecured = true;
      pass();
      return;
    }
    boolean http2 = applicationProtocol.equals("h2");
    if (!http2 && loop.net().protocol() == Protocol.HTTP_2_PRIOR_KNOWLEDGE) {
      throw new IOException("http2: the server does not offer HTTP/2 by ALPN");
    }
    ready(http2);
  }

  private void ready(boolean http2) {
    Optional<Worker> first = Optional.ofNullable(worker);
    long whole = System.nanoTime() - start;
    first.ifPresent(waiting -> waiting.dialed(dnsNanos, whole));
    HttpConnection connection;
    if (http2) {
      Http2Connection opened = new Http2Connection(link(), pool);
      opened.open();
      connection = opened;
    } else {
      connection = new Http1Connection(link(), pool);
    }
    link().listener(connection);
    worker = null;
    pool.dialed(connection, first, http2);
  }

  @Override
  public void closed(IOException reason) {
    if (!connected) {
      connectFailed(NetErrors.describeDial(reason, "tcp", peer));
    } else {
      String text = reason instanceof EOFException ? "EOF" : NetErrors.describe(reason, peer);
      fail(proxyIsSecured ? text : PROXY_CONNECT + text);
    }
  }

  private void fail(String reason) {
    Optional<Worker> waiting = Optional.ofNullable(worker);
    worker = null;
    pool.dialFailed(waiting, reason);
  }

  /** The worker does not wait any longer, so there is no use for the connection. */
  void abandon(Worker impatient) {
    if (worker == impatient) {
      worker = null;
      if (link != null) {
        link.close();
      }
      pool.dialAbandoned();
    }
  }
}
