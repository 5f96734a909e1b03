// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A mapping to be added to a {@link ProfileBuilder}.
 *
 * @param start address of the first byte
 * @param limit address after the last byte
 * @param offset offset in the file of the first byte
 * @param filename the file; empty if unknown
 * @param buildId identifies the build of the file; empty if unknown
 * @param resolved what is resolved in the locations of this mapping
 */
public record MappingSpec(
    long start, long limit, long offset, String filename, String buildId, Resolved resolved) {

  /**
   * What is resolved in the locations of a mapping.
   *
   * @param functions function names
   * @param filenames file names
   * @param lineNumbers line numbers
   * @param inlineFrames inlined frames
   */
  public record Resolved(
      boolean functions, boolean filenames, boolean lineNumbers, boolean inlineFrames) {
    /** Nothing is resolved. */
    public static final Resolved NOTHING = new Resolved(false, false, false, false);

    /** Everything is resolved. */
    public static final Resolved ALL = new Resolved(true, true, true, true);

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Resolved what
          && functions == what.functions
          && filenames == what.filenames
          && lineNumbers == what.lineNumbers
          && inlineFrames == what.inlineFrames;
    }

    @Override
    public int hashCode() {
      return (functions ? 1 : 0)
          | (filenames ? 2 : 0)
          | (lineNumbers ? 4 : 0)
          | (inlineFrames ? 8 : 0);
    }
  }

  /** Rejects null parts. */
  public MappingSpec {
    requireNonNull(filename, "filename");
    requireNonNull(buildId, "buildId");
    requireNonNull(resolved, "resolved");
  }

  // What the compiler makes for records is put together when it is first used: 10 ms of a start.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MappingSpec mapping
        && start == mapping.start
        && limit == mapping.limit
        && offset == mapping.offset
        && filename.equals(mapping.filename)
        && buildId.equals(mapping.buildId)
        && resolved.equals(mapping.resolved);
  }

  @Override
  public int hashCode() {
    int hash = 31 * filename.hashCode() + buildId.hashCode();
    return 31 * (31 * hash + Long.hashCode(start)) + Long.hashCode(limit);
  }

  /** A file whose locations are wholly resolved and have no addresses, such as a jar. */
  public static MappingSpec resolvedFile(String filename, String buildId) {
    return new MappingSpec(0, 0, 0, filename, buildId, Resolved.ALL);
  }
}
