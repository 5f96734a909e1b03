// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/**
 * How much input a reader accepts. Nothing is allocated because the input announces it, but what
 * really arrives may be too much too: a small compressed file can hold very much.
 *
 * @param maxBytes bytes of the uncompressed input
 * @param maxRatio how many times larger than the compressed input the uncompressed one may be;
 *     checked once there are {@link #RATIO_FROM} bytes
 * @param maxGzipMembers how many gzip members may follow each other
 * @param maxRows rows of each table: samples, locations, functions, mappings, strings
 */
public record ReadLimits(long maxBytes, int maxRatio, int maxGzipMembers, int maxRows) {
  /** Uncompressed bytes from which on the ratio counts. */
  public static final long RATIO_FROM = 64L << 20;

  private static final ReadLimits DEFAULTS = new ReadLimits(2L << 30, 200, 1 << 16, 50_000_000);

  /** Requires positive limits. */
  public ReadLimits {
    if (maxBytes < 1 || maxRatio < 1 || maxGzipMembers < 1 || maxRows < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** 2 GiB, at most 200 times the compressed size, 65,536 gzip members, 50 million rows. */
  public static ReadLimits defaults() {
    return DEFAULTS;
  }

  /** A copy with another limit of uncompressed bytes. */
  public ReadLimits withMaxBytes(long bytes) {
    return new ReadLimits(bytes, maxRatio, maxGzipMembers, maxRows);
  }

  /** A copy with another limit of the compression ratio. */
  public ReadLimits withMaxRatio(int ratio) {
    return new ReadLimits(maxBytes, ratio, maxGzipMembers, maxRows);
  }

  /** A copy with another limit of rows in a table. */
  public ReadLimits withMaxRows(int rows) {
    return new ReadLimits(maxBytes, maxRatio, maxGzipMembers, rows);
  }
}
