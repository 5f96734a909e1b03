// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates gzip (RFC 1952) and watches the limits. Members may follow each other, as the RFC says;
 * what follows the last one must be another member, unlike in the JDK's stream, which ignores it.
 */
final class GzipInput extends InputStream {
  private static final int FLAG_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final InputStream in;
  private final ReadLimits limits;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int filled;
  private long compressed;
  private long inflated;
  private int members;
  private boolean inMember;
  private boolean ended;

  /** Why reading ended; whoever reads on gets it again. */
  private @Nullable ProfileFormatException failure;

  GzipInput(InputStream in, ReadLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      return readMembers(target, from, length);
    } catch (ProfileFormatException malformed) {
      failure = malformed;
      throw malformed;
    }
  }

  private int readMembers(byte[] target, int from, int length) throws IOException {
    while (!ended) {
      if (!inMember && !startMember()) {
        ended = true;
        break;
      }
      int count = inflate(target, from, length);
      if (count > 0) {
        return count;
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int from, int length) throws IOException {
    try {
      int count = inflater.inflate(target, from, length);
      if (count > 0) {
        crc.update(target, from, count);
        inflated += count;
        checkLimits();
        return count;
      }
    } catch (DataFormatException corrupt) {
      throw broken("flate: corrupt input before offset " + inflater.getBytesRead());
    }
    if (inflater.finished() || inflater.needsDictionary()) {
      endMember();
    } else {
      at = filled;
      fill();
      inflater.setInput(buffer, at, filled - at);
    }
    return 0;
  }

  private void checkLimits() throws ProfileFormatException {
    if (inflated > limits.maxBytes()) {
      throw LimitedInput.tooLarge(limits);
    }
    if (inflated > ReadLimits.RATIO_FROM && inflated / limits.maxRatio() > compressed) {
      throw new ProfileFormatException(
          "decompressing profile: more than %d times the compressed size, which is %d bytes"
              .formatted(limits.maxRatio(), compressed),
          inflated);
    }
  }

  /** Reads the header of the next member; false at the end of the input. */
  private boolean startMember() throws IOException {
    if (at == filled && !refill()) {
      if (members == 0) {
        throw truncated();
      }
      return false;
    }
    if (++members > limits.maxGzipMembers()) {
      throw broken(
          "more than the %d members that the limits allow".formatted(limits.maxGzipMembers()));
    }
    readHeader();
    crc.reset();
    inflater.reset();
    inflater.setInput(buffer, at, filled - at);
    inMember = true;
    return true;
  }

  private void readHeader() throws IOException {
    crc.reset();
    byte[] header = new byte[10];
    for (int index = 0; index < header.length; index++) {
      header[index] = (byte) next();
    }
    if ((header[0] & 0xFF) != 0x1f || (header[1] & 0xFF) != 0x8b || header[2] != 8) {
      throw broken("gzip: invalid header");
    }
    int flags = header[3];
    if ((flags & FLAG_EXTRA) != 0) {
      for (int left = next() | next() << 8; left > 0; left--) {
        next();
      }
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_CRC) != 0) {
      int expected = (int) crc.getValue() & 0xFFFF;
      if ((next() | next() << 8) != expected) {
        throw broken("gzip: invalid header");
      }
    }
  }

  /** Longer texts than this are refused by other readers too. */
  private static final int MAX_TEXT = 512;

  private void skipText() throws IOException {
    for (int length = 0; next() != 0; length++) {
      if (length >= MAX_TEXT - 1) {
        throw broken("gzip: invalid header");
      }
    }
  }

  private void endMember() throws IOException {
    at = filled - inflater.getRemaining();
    long actual = crc.getValue();
    long checksum = nextInt();
    long size = nextInt();
    boolean sizeMatches = size == (inflater.getBytesWritten() & 0xFFFFFFFFL);
    if (checksum != actual || !sizeMatches) {
      throw broken("gzip: invalid checksum");
    }
    inMember = false;
  }

  private long nextInt() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= (long) next() << shift;
    }
    return value;
  }

  private int next() throws IOException {
    if (at == filled) {
      fill();
    }
    crc.update(buffer[at]);
    return buffer[at++] & 0xFF;
  }

  private void fill() throws IOException {
    if (!refill()) {
      throw truncated();
    }
  }

  private boolean refill() throws IOException {
    at = 0;
    filled = Math.max(in.read(buffer, 0, buffer.length), 0);
    compressed += filled;
    return filled > 0;
  }

  private static ProfileFormatException truncated() {
    return broken("unexpected EOF");
  }

  private static ProfileFormatException broken(String problem) {
    return new ProfileFormatException("decompressing profile: " + problem);
  }

  /** Frees the memory of the inflater; the input stays open. */
  @Override
  public void close() {
    inflater.end();
  }
}
