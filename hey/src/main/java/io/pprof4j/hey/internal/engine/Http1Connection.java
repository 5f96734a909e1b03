// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 on one connection: one request at a time. */
final class Http1Connection extends HttpConnection {
  private final Link link;
  private final ConnectionPool pool;
  private final ResponseParser parser = new ResponseParser();
  private @Nullable Worker worker;
  private @Nullable Target encodedTarget;
  private ByteBuffer encoded = ByteBuffer.allocate(0);
  private boolean used;
  private boolean sending;

  Http1Connection(Link link, ConnectionPool pool) {
    this.link = link;
    this.pool = pool;
  }

  @Override
  boolean hasRoom() {
    return worker == null && !link.isClosed();
  }

  @Override
  void send(Worker sender) {
    Target target = sender.target();
    if (target != encodedTarget) {
      encodedTarget = target;
      encoded = target.wire();
    }
    encoded.rewind();
    worker = sender;
    parser.reset(target.spec().method().equals("HEAD"));
    sender.attached(this);
    try {
      sending = !link.write(encoded);
      if (!sending) {
        sender.written();
      }
    } catch (IOException e) {
      link.fail(e);
    }
  }

  @Override
  public void flushed() {
    sending = false;
    if (worker != null) {
      worker.written();
    }
  }

  @Override
  public void received(byte[] bytes, int offset, int length) throws IOException {
    Worker receiver = worker;
    if (receiver == null) {
      throw new IOException("Unsolicited response received on idle HTTP channel");
    }
    receiver.gotFirstByte();
    int used = parser.feed(bytes, offset, length);
    if (parser.isDone()) {
      finish(receiver, used == length);
    }
  }

  private void finish(Worker receiver, boolean nothingLeft) {
    boolean redirect = parser.status() / 100 == 3 && parser.location().isPresent();
    int status = parser.status();
    long bodyBytes = parser.bodyBytes();
    Optional<String> location = redirect ? parser.location() : Optional.empty();
    worker = null;
    used = true;
    if (parser.keepAlive() && nothingLeft && !sending && receiver.target().spec().keepAlive()) {
      pool.release(this);
    } else {
      link.close();
    }
    receiver.finished(status, bodyBytes, location);
  }

  @Override
  public void closed(IOException reason) {
    Worker receiver = worker;
    worker = null;
    pool.forget(this);
    if (receiver == null) {
      return;
    }
    try {
      if (reason instanceof EOFException) {
        parser.endOfStream();
        receiver.finished(parser.status(), parser.bodyBytes(), parser.location());
        return;
      }
      fail(receiver, reason);
    } catch (EOFException e) {
      fail(receiver, e);
    }
  }

  private void fail(Worker receiver, IOException reason) {
    // A server may close a kept connection just when the next request is on its way.
    if (used && !receiver.hasFirstByte() && receiver.target().isRepeatable()) {
      receiver.retry();
    } else {
      receiver.failed(NetErrors.describe(reason, pool.peer()));
    }
  }

  @Override
  void cancel(Worker canceled) {
    worker = null;
    link.close();
  }

  @Override
  void close() {
    link.close();
  }
}
