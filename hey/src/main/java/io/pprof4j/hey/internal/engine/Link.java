// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** One socket of an event loop, with TLS on it or without. Used by its loop's thread only. */
final class Link {
  private final EventLoop loop;
  private final SocketChannel channel;
  private final ByteSink socket = new Socket();
  private LinkListener listener;
  private @Nullable SelectionKey key;

  /**
   * TLS on the socket, and TLS that the caller speaks: the same, but for proxies spoken to by TLS.
   */
  private @Nullable TlsLayer outerTls;

  private @Nullable TlsLayer tls;

  /** What the caller of {@link #write} still has to send. */
  private @Nullable ByteBuffer unsent;

  private boolean closed;

  private Link(EventLoop loop, SocketChannel channel, LinkListener listener) {
    this.loop = loop;
    this.channel = channel;
    this.listener = listener;
  }

  /** Begins to connect. The listener hears of the outcome, perhaps before this returns. */
  static Link connect(EventLoop loop, SocketAddress address, LinkListener listener)
      throws IOException {
    SocketChannel channel =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      channel.configureBlocking(false);
      if (!(address instanceof UnixDomainSocketAddress)) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      Link link = new Link(loop, channel, listener);
      boolean done = channel.connect(address);
      link.key =
          channel.register(
              loop.selector(), done ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, link);
      if (done) {
        loop.later(link::announceConnected);
      }
      return link;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void announceConnected() {
    try {
      if (!closed) {
        listener.connected();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  EventLoop loop() {
    return loop;
  }

  void listener(LinkListener next) {
    listener = next;
  }

  LinkListener listener() {
    return listener;
  }

  /**
   * Puts TLS on the connection, or inside the TLS that is on it already, and starts the handshake.
   */
  void secure(SSLEngine engine) throws IOException {
    if (outerTls == null) {
      outerTls = TlsLayer.on(this, socket, engine);
      tls = outerTls;
    } else {
      tls = outerTls.inside(engine);
    }
    tls.start();
  }

  /** The selector says that something can be done. */
  void ready(SelectionKey ready) {
    try {
      int operations = ready.readyOps();
      if ((operations & SelectionKey.OP_CONNECT) != 0) {
        channel.finishConnect();
        ready.interestOps(SelectionKey.OP_READ);
        listener.connected();
      }
      if ((operations & SelectionKey.OP_WRITE) != 0 && !closed) {
        resumeWriting(ready);
      }
      if ((operations & SelectionKey.OP_READ) != 0 && !closed) {
        read();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void read() throws IOException {
    ByteBuffer buffer = loop.readBuffer();
    buffer.clear();
    int count = channel.read(buffer);
    if (count < 0) {
      throw new EOFException("EOF");
    }
    buffer.flip();
    buffer.get(loop.readBytes(), 0, count);
    if (outerTls != null) {
      outerTls.received(loop.readArray().clear().limit(count));
    } else {
      listener.received(loop.readBytes(), 0, count);
    }
  }

  /**
   * Sends bytes, or as many as the kernel takes now; then {@link LinkListener#flushed} tells when
   * the rest is gone. Until then the buffer must be left alone and nothing else be written.
   *
   * @return whether all bytes are sent
   */
  boolean write(ByteBuffer bytes) throws IOException {
    if (unsent != null) {
      throw new IllegalStateException("a write is under way");
    }
    boolean done = tls != null ? tls.write(bytes) : socket.write(bytes);
    if (!done) {
      unsent = bytes;
      wantWritable();
    }
    return done;
  }

  void wantWritable() {
    if (key != null) {
      key.interestOpsOr(SelectionKey.OP_WRITE);
    }
  }

  private void resumeWriting(SelectionKey ready) throws IOException {
    if (outerTls != null && tls != null && !(outerTls.flush() && tls.flush())) {
      return;
    }
    if (unsent != null) {
      boolean done = tls != null ? tls.write(unsent) : socket.write(unsent);
      if (!done) {
        return;
      }
    }
    ready.interestOpsAnd(~SelectionKey.OP_WRITE);
    if (unsent != null) {
      unsent = null;
      listener.flushed();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Closes and tells the listener why. */
  void fail(IOException reason) {
    if (!closed) {
      close();
      listener.closed(reason);
    }
  }

  /** Closes without telling the listener. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (tls != null) {
      tls.close();
    }
    if (outerTls != null && outerTls != tls) {
      outerTls.close();
    }
    try {
      channel.close();
    } catch (IOException e) {
      loop.logger().log(System.Logger.Level.DEBUG, "cannot close a connection", e);
    }
  }

  /** The kernel's side. It keeps nothing back that it does not say it has not taken. */
  private final class Socket implements ByteSink {
    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
      channel.write(bytes);
      return !bytes.hasRemaining();
    }

    @Override
    public boolean flush() {
      return true;
    }
  }
}
