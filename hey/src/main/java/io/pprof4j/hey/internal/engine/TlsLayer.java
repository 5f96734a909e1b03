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

/** Encrypts and decrypts what goes over a {@link Link}, by the JDK's engine. */
final class TlsLayer {
  /*
   * Records are decrypted out of the loop's shared read buffer. Only the beginning of a record that
   * is not complete yet is copied aside, and only encrypted bytes that the kernel does not take at
   * once have a buffer of their own.
   */
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Link link;
  private final SSLEngine engine;
  private ByteBuffer incomplete = NOTHING;
  private ByteBuffer encrypted = NOTHING;
  private boolean secured;

  TlsLayer(Link link, SSLEngine engine) {
    this.link = link;
    this.engine = engine;
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
    ByteBuffer plain = link.loop().plainBuffer();
    while (bytes.hasRemaining() && !link.isClosed()) {
      plain.clear();
      SSLEngineResult result = engine.unwrap(bytes, plain);
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        throw new SSLException("record larger than TLS allows");
      }
      advance(result.getHandshakeStatus());
      if (plain.position() > 0 && !link.isClosed()) {
        link.listener().received(link.loop().plainBytes(), 0, plain.position());
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
  boolean write(ByteBuffer plain) throws IOException {
    while (plain.hasRemaining()) {
      if (encrypted.hasRemaining()) {
        return false;
      }
      SSLEngineResult result = encryptOnce(plain);
      if (result.getStatus() == Status.CLOSED) {
        throw new EOFException("EOF");
      }
    }
    return !encrypted.hasRemaining();
  }

  private SSLEngineResult encryptOnce(ByteBuffer plain) throws IOException {
    ByteBuffer out = link.loop().encryptedBuffer();
    out.clear();
    SSLEngineResult result = engine.wrap(plain, out);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      throw new SSLException("record larger than TLS allows");
    }
    out.flip();
    if (encrypted.hasRemaining()) {
      ByteBuffer joined = ByteBuffer.allocate(encrypted.remaining() + out.remaining());
      encrypted = joined.put(encrypted).put(out).flip();
    } else if (!link.writeRaw(out)) {
      encrypted = copy(out);
      link.wantWritable();
    }
    return result;
  }

  /** Sends encrypted bytes that had to wait. */
  boolean flush() throws IOException {
    return !encrypted.hasRemaining() || link.writeRaw(encrypted);
  }

  /** Says good-bye to the peer, as far as that goes without waiting. */
  void close() {
    engine.closeOutbound();
    try {
      if (!encrypted.hasRemaining()) {
        encryptOnce(NOTHING);
      }
    } catch (IOException e) {
      // The peer is gone already, which is no news to someone who hangs up.
      link.loop().logger().log(System.Logger.Level.DEBUG, "no TLS close_notify", e);
    }
  }
}
