// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The body of an answer as a stream, for a thread that may wait: no more is handed over than the
 * client takes.
 */
final class VertxBody extends OutputStream {
  private static final int BUFFER_BYTES = 16 << 10;

  /** A client that takes nothing for so long has lost interest. */
  private static final long PATIENCE_SECONDS = 60;

  private final HttpServerResponse response;
  private Buffer buffer = Buffer.buffer(BUFFER_BYTES);
  private boolean isClosed;

  VertxBody(HttpServerResponse response) {
    this.response = response;
  }

  @Override
  public void write(int b) throws IOException {
    buffer.appendByte((byte) b);
    flushIfFull();
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    buffer.appendBytes(source, offset, length);
    flushIfFull();
  }

  private void flushIfFull() throws IOException {
    if (buffer.length() >= BUFFER_BYTES) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    if (buffer.length() > 0) {
      Buffer full = buffer;
      buffer = Buffer.buffer(BUFFER_BYTES);
      await(response.write(full));
    }
  }

  @Override
  public void close() throws IOException {
    if (!isClosed) {
      isClosed = true;
      await(buffer.length() > 0 ? response.end(buffer) : response.end());
    }
  }

  private static void await(Future<Void> written) throws IOException {
    if (Context.isOnEventLoopThread()) {
      // An answer that is short, because there are too many requests to give it a thread. Waiting
      // would stop the very thread that is to write it, and all of the application's besides.
      return;
    }
    try {
      written.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the client takes no more", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while answering");
    }
  }
}
