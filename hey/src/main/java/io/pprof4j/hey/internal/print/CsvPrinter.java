// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import io.pprof4j.hey.RequestTimes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes one row for each successful request while the run goes on, in the order of completion and
 * with hey's columns: seconds with four decimals. Thread-safe.
 */
public final class CsvPrinter {
  private static final String HEAD =
      "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n";
  private static final int ROW_BYTES = 256;
  private static final long TENTH_MILLI = 100_000;

  private final OutputStream out;
  private final byte[] buffer = new byte[64 * 1024];
  private int used;

  /** Makes a printer and writes the head. */
  public CsvPrinter(OutputStream out) {
    this.out = out;
    byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, buffer, 0, head.length);
    used = head.length;
  }

  /** Writes one row. */
  public synchronized void row(RequestTimes request) {
    if (buffer.length - used < ROW_BYTES) {
      flush();
    }
    seconds(request.service(), ',');
    seconds(request.connect(), ',');
    seconds(request.dns(), ',');
    seconds(request.write(), ',');
    seconds(request.delay(), ',');
    seconds(request.read(), ',');
    digits(request.status(), 1);
    buffer[used++] = ',';
    seconds(request.offset(), '\n');
  }

  /** Formatting by hand costs a tenth of what String.format does, and is done for every request. */
  private void seconds(long nanos, char end) {
    long rounded = (Math.max(0, nanos) + TENTH_MILLI / 2) / TENTH_MILLI;
    digits(rounded / 10_000, 1);
    buffer[used++] = '.';
    digits(rounded % 10_000, 4);
    buffer[used++] = (byte) end;
  }

  private void digits(long number, int atLeast) {
    int length = atLeast;
    for (long rest = number / pow10(atLeast); rest > 0; rest /= 10) {
      length++;
    }
    long rest = number;
    for (int i = length - 1; i >= 0; i--) {
      buffer[used + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    used += length;
  }

  private static long pow10(int exponent) {
    return exponent == 4 ? 10_000 : 10;
  }

  /**
   * Writes what is buffered.
   *
   * @throws UncheckedIOException if the output fails
   */
  public synchronized void flush() {
    try {
      out.write(buffer, 0, used);
      out.flush();
      used = 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
