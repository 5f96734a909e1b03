// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A gzip stream (RFC 1952) that can show signs of life before it has any content. Writing to the
 * client is the one way to learn from every server that it has gone. Not safe for several threads.
 */
final class PatientGzip {
  /** Magic, deflate, no flags, no time, "fastest", unknown system; as Go writes it. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

  /** An empty stored block that is not the last (RFC 1951, 3.2.4): no content at all. */
  private static final byte[] NOTHING = {0, 0, 0, (byte) 0xff, (byte) 0xff};

  private final OutputStream out;
  private boolean hasHeader;

  PatientGzip(OutputStream out) {
    this.out = out;
  }

  /**
   * Sends a few bytes that decompress to nothing.
   *
   * @throws IOException if the client has gone
   */
  void beat() throws IOException {
    header();
    out.write(NOTHING);
    out.flush();
  }

  /** Writes the profile and the end of the stream. */
  void write(Profile profile) throws IOException {
    header();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      CRC32 checksum = new CRC32();
      DeflaterOutputStream compressed = new DeflaterOutputStream(out, deflater, 8192);
      profile.writeUncompressedTo(new CheckedOutputStream(compressed, checksum));
      compressed.finish();
      littleEndian((int) checksum.getValue());
      littleEndian((int) deflater.getBytesRead());
    } finally {
      deflater.end();
    }
  }

  private void header() throws IOException {
    if (!hasHeader) {
      out.write(HEADER);
      hasHeader = true;
    }
  }

  private void littleEndian(int value) throws IOException {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(value >>> shift);
    }
  }
}
