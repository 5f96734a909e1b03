// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.ReadLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Inflates gzip (RFC 1952) and watches the limits. Members may follow each other, as the RFC says;
 * what follows the last one must be another member, unlike in the JDK's stream, which ignores it.
 */
public final class GzipInput extends InputStream {
  /**
   * Bytes from which on our own inflating pays. The JDK's needs no time to get fast, which costs as
   * much as it saves below.
   */
  private static final long LONG = 8 << 20;

  private static final int FLAG_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final CompressedInput input;
  private final ReadLimits limits;
  private final long longFrom;
  private final CRC32 crc = new CRC32();
  private @Nullable RawInflater inflater;
  private long inflated;

  /** Of the member that is being read. */
  private long inflatedOfMember;

  private int members;
  private boolean inMember;
  private boolean ended;

  /** Why reading ended; whoever reads on gets it again. */
  private @Nullable ProfileFormatException failure;

  /** Inflates an input of which no more than the limits allow may come. */
  public GzipInput(InputStream in, ReadLimits limits) {
    this(in, limits, LONG);
  }

  /**
   * An input of a stream.
   *
   * @param longFrom how many bytes make it long
   */
  public GzipInput(InputStream in, ReadLimits limits, long longFrom) {
    input = new CompressedInput(in);
    this.limits = limits;
    this.longFrom = longFrom;
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
    if (length == 0) {
      return 0;
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
      int count = inflater().inflate(target, from, length);
      if (count > 0) {
        crc.update(target, from, count);
        inflated += count;
        inflatedOfMember += count;
        checkLimits();
        return count;
      }
      endMember();
    }
    return -1;
  }

  private RawInflater inflater() throws IOException {
    RawInflater known = inflater;
    if (known == null) {
      boolean isLong = input.expected() >= longFrom;
      known = isLong ? new BlockInflater(input) : new ZlibInflater(input);
      inflater = known;
    }
    return known;
  }

  private void checkLimits() throws ProfileFormatException {
    if (inflated > limits.maxBytes()) {
      throw LimitedInput.tooLarge(limits);
    }
    if (inflated > ReadLimits.RATIO_FROM && inflated / limits.maxRatio() > input.read()) {
      throw new ProfileFormatException(
          "decompressing profile: more than %d times the compressed size, which is %d bytes"
              .formatted(limits.maxRatio(), input.read()),
          inflated);
    }
  }

  /** Reads the header of the next member; false at the end of the input. */
  private boolean startMember() throws IOException {
    if (!input.hasNext()) {
      if (members == 0) {
        throw CompressedInput.truncated();
      }
      return false;
    }
    if (++members > limits.maxGzipMembers()) {
      throw CompressedInput.broken(
          "more than the %d members that the limits allow".formatted(limits.maxGzipMembers()));
    }
    readHeader();
    crc.reset();
    inflater().reset();
    inflatedOfMember = 0;
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
      throw CompressedInput.broken("gzip: invalid header");
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
        throw CompressedInput.broken("gzip: invalid header");
      }
    }
  }

  /** Longer texts than this are refused by other readers too. */
  private static final int MAX_TEXT = 512;

  private void skipText() throws IOException {
    for (int length = 0; next() != 0; length++) {
      if (length >= MAX_TEXT - 1) {
        throw CompressedInput.broken("gzip: invalid header");
      }
    }
  }

  private void endMember() throws IOException {
    long actual = crc.getValue();
    long checksum = nextInt();
    long size = nextInt();
    boolean sizeMatches = size == (inflatedOfMember & 0xFFFFFFFFL);
    if (checksum != actual || !sizeMatches) {
      throw CompressedInput.broken("gzip: invalid checksum");
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
    int next = input.next();
    crc.update(next);
    return next;
  }

  /** Frees the memory of the inflater; the input stays open. */
  @Override
  public void close() {
    if (inflater != null) {
      inflater.close();
    }
  }
}
