// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts what goes over a {@link Link}, by the JDK's engine. Behind a proxy that is
 * itself spoken to by TLS there are two, one inside the other.
 */
final class TlsLayer implements ByteSink {
  /*
   * Records are decrypted out of the loop's shared read buffer. Only the beginning of a record that
   * is not complete yet is copied aside, and only encrypted bytes that the kernel does not take at
   * once have a buffer of their own.
   */
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Link link;
  private final ByteSink below;
  private final TlsBuffers buffers;
  private final SSLEngine engine;
  private @Nullable TlsLayer inner;
  private ByteBuffer incomplete = NOTHING;
  private ByteBuffer encrypted = NOTHING;

  /** Whether bytes wait here, or below, until the kernel takes them. */
  private boolean waiting;

  private boolean secured;

  private TlsLayer(Link link, ByteSink below, TlsBuffers buffers, SSLEngine engine) {
    this.link = link;
    this.below = below;
    this.buffers = buffers;
    this.engine = engine;
  }

  /** TLS on the link's socket. */
  static TlsLayer on(Link link, ByteSink socket, SSLEngine engine) {
    return new TlsLayer(link, socket, link.loop().tlsBuffers(), engine);
  }

  /** TLS that travels inside this one. */
  TlsLayer inside(SSLEngine innerEngine) {
    TlsLayer layer = new TlsLayer(link, this, link.loop().innerTlsBuffers(), innerEngine);
    inner = layer;
    return layer;
  }

  void start() throws IOException {
    engine.beginHandshake();
    handshake();
  }

  /** Takes bytes from the network, in read mode. */
  void received(ByteBuffer bytes) throws IOException {
    if (!incomplete.hasRemaining()) {
      decrypt(bytes);
      incomplete = copy(bytes);
      return;
    }
    ByteBuffer joined = ByteBuffer.allocate(incomplete.remaining() + bytes.remaining());
    joined.put(incomplete).put(bytes).flip();
    decrypt(joined);
    incomplete = joined;
  }

  private static ByteBuffer copy(ByteBuffer rest) {
    return rest.hasRemaining() ? ByteBuffer.allocate(rest.remaining()).put(rest).flip() : NOTHING;
  }

  private void decrypt(ByteBuffer bytes) throws IOException {
    ByteBuffer plain = buffers.plain();
    while (bytes.hasRemaining() && !link.isClosed()) {
      plain.clear();
      SSLEngineResult result = engine.unwrap(bytes, plain);
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        throw new SSLException("record larger than TLS allows");
      }
      advance(result.getHandshakeStatus());
      if (plain.position() > 0 && !link.isClosed()) {
        deliver(plain.position());
      }
      if (result.getStatus() == Status.CLOSED) {
        throw new EOFException("EOF");
      }
      boolean stuck = result.bytesConsumed() == 0 && result.bytesProduced() == 0;
      if (result.getStatus() == Status.BUFFER_UNDERFLOW
          || (stuck && engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP)) {
        return;
      }
    }
  }

  private void deliver(int length) throws IOException {
    if (inner != null) {
      inner.received(ByteBuffer.wrap(buffers.plainBytes(), 0, length));
    } else {
      link.listener().received(buffers.plainBytes(), 0, length);
    }
  }

  /** Does what the handshake needs, until it waits for the peer. */
  private void handshake() throws IOException {
    HandshakeStatus status = engine.getHandshakeStatus();
    while (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
      if (status == HandshakeStatus.NEED_TASK) {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
          task.run();
          task = engine.getDelegatedTask();
        }
        status = engine.getHandshakeStatus();
      } else {
        SSLEngineResult result = encryptOnce(NOTHING);
        status = result.getHandshakeStatus();
        if (result.getStatus() == Status.CLOSED) {
          return;
        }
      }
      if (status == HandshakeStatus.FINISHED) {
        announce();
        status = engine.getHandshakeStatus();
      }
    }
  }

  private void advance(HandshakeStatus status) throws IOException {
    if (status == HandshakeStatus.FINISHED) {
      announce();
    } else if (status != HandshakeStatus.NOT_HANDSHAKING) {
      handshake();
    }
  }

  private void announce() throws IOException {
    if (!secured) {
      secured = true;
      String protocol = engine.getApplicationProtocol();
      link.listener().secured(protocol == null ? "" : protocol);
    }
  }

  /** Encrypts and sends as much as the kernel takes. */
  @Override
  public boolean write(ByteBuffer plain) throws IOException {
    while (plain.hasRemaining()) {
      if (waiting) {
        return false;
      }
      SSLEngineResult result = encryptOnce(plain);
      if (result.getStatus() == Status.CLOSED) {
        throw new EOFException("EOF");
      }
    }
    return !waiting;
  }

  private SSLEngineResult encryptOnce(ByteBuffer plain) throws IOException {
    ByteBuffer out = buffers.encrypted();
    out.clear();
    SSLEngineResult result = engine.wrap(plain, out);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      throw new SSLException("record larger than TLS allows");
    }
    out.flip();
    if (waiting) {
      ByteBuffer joined = ByteBuffer.allocate(encrypted.remaining() + out.remaining());
      encrypted = joined.put(encrypted).put(out).flip();
    } else if (!below.write(out)) {
      waiting = true;
      encrypted = copy(out);
      link.wantWritable();
    }
    return result;
  }

  @Override
  public boolean flush() throws IOException {
    if (waiting) {
      waiting = !(below.flush() && below.write(encrypted));
    }
    return !waiting;
  }

  /** Says good-bye to the peer, as far as that goes without waiting. */
  void close() {
    engine.closeOutbound();
    try {
      if (!waiting) {
        encryptOnce(NOTHING);
      }
    } catch (IOException e) {
      // The peer is gone already, which is no news to someone who hangs up.
      link.loop().logger().log(System.Logger.Level.DEBUG, "no TLS close_notify", e);
    }
  }
}
