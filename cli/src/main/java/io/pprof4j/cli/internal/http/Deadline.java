// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * The time by which an exchange with a server must be over, answer included.
 *
 * <p>The timeouts of {@code HttpURLConnection} are those of a single connect or read, so a server
 * that trickles its answer would never meet them. Here a timer closes the connection instead.
 */
public final class Deadline implements AutoCloseable {
  private static final String WHILE_READING =
      "context deadline exceeded (Client.Timeout or context cancellation while reading body)";

  /** What the JDK says of an answer that is shorter than its header promised. */
  private static final String PREMATURE_END = "Premature EOF";

  private final long endNanos;
  private volatile boolean closed;
  private final Timer timer = new Timer("pprof-deadline", true);

  /** Starts the clock. */
  public Deadline(Duration limit) {
    endNanos = System.nanoTime() + limit.toNanos();
  }

  /** How much time is left, in milliseconds; at least one, as zero would mean forever. */
  int leftMillis() {
    long left = (endNanos - System.nanoTime()) / 1_000_000;
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, left));
  }

  /** Whether the time is over. */
  boolean passed() {
    return closed || System.nanoTime() - endNanos >= 0;
  }

  /** Has the connection closed when the time is over; that ends a read that waits for it. */
  void guard(HttpURLConnection connection) {
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            closed = true;
            connection.disconnect();
          }
        },
        leftMillis());
  }

  /** An answer that ends with an error when the time is over; closing it ends the guard too. */
  InputStream guarded(InputStream answer) {
    return new FilterInputStream(answer) {
      @Override
      public int read() throws IOException {
        try {
          return super.read();
        } catch (IOException e) {
          throw late(e);
        }
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
          return super.read(buffer, offset, length);
        } catch (IOException e) {
          throw late(e);
        }
      }

      @Override
      public void close() throws IOException {
        Deadline.this.close();
        super.close();
      }
    };
  }

  private IOException late(IOException e) {
    if (passed()) {
      return new IOException(WHILE_READING, e);
    }
    return PREMATURE_END.equals(e.getMessage()) ? new EOFException("unexpected EOF") : e;
  }

  /** Stops the clock. */
  @Override
  public void close() {
    timer.cancel();
  }
}
