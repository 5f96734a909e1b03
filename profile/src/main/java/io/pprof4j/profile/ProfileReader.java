// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static java.util.Objects.requireNonNull;

import io.pprof4j.profile.internal.gzip.GzipInput;
import io.pprof4j.profile.internal.gzip.LimitedInput;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads profiles in every format that {@link Profile} knows, recognised by content: profile.proto,
 * the legacy formats of pprof, collapsed stacks, speedscope's JSON; each also within gzip.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class ProfileReader {
  /*
   * The order is that of pprof: gzip is taken off first, then profile.proto is tried, then the
   * older formats. profile.proto is decoded while it arrives. Other formats are small texts, read
   * as a whole; so the first bytes are retained until the decoder is beyond them, and what no
   * decoder of messages understands within these is tried again as a text.
   */
  private static final int BUFFER = 1 << 16;

  private static final ProfileReader DEFAULTS = new ProfileReader(ReadLimits.defaults(), true);

  private final ReadLimits limits;
  private final boolean keepsStacks;

  private ProfileReader(ReadLimits limits, boolean keepsStacks) {
    this.limits = requireNonNull(limits, "limits");
    this.keepsStacks = keepsStacks;
  }

  /** A reader with {@link ReadLimits#defaults}. */
  public static ProfileReader withDefaults() {
    return DEFAULTS;
  }

  /** A reader with other limits. */
  public static ProfileReader withLimits(ReadLimits limits) {
    return new ProfileReader(limits, true);
  }

  /**
   * The same reader, but for those who want no stacks, only totals and labels: each sample gets the
   * empty stack, which takes half the time and memory. All else is as usual; so is what is refused,
   * but of several faults another may be the one that is told.
   */
  public ProfileReader withoutStacks() {
    return new ProfileReader(limits, false);
  }

  /**
   * Reads a file.
   *
   * @throws ProfileFormatException if the content is not a valid profile, or exceeds the limits
   * @throws IOException if the file cannot be read
   */
  public Profile read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  /**
   * Reads from memory.
   *
   * @throws ProfileFormatException if the content is not a valid profile, or exceeds the limits
   */
  public Profile read(byte[] bytes) throws IOException {
    return read(new ByteArrayInputStream(bytes));
  }

  /**
   * Reads to the end of the stream, which stays open.
   *
   * @throws ProfileFormatException if the content is not a valid profile, or exceeds the limits
   * @throws IOException if the stream fails
   */
  public Profile read(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    try (InputStream plain = gzip ? inflating(buffered) : new LimitedInput(buffered, limits)) {
      return readPlain(plain);
    } catch (OutOfMemoryError tooLarge) {
      throw new ProfileFormatException(
          "parsing profile: the profile needs more memory than the %d MB of this JVM's heap"
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  private InputStream inflating(InputStream in) throws IOException {
    GzipInput inflated = new GzipInput(in, limits);
    boolean pays = Runtime.getRuntime().availableProcessors() > 1;
    return pays ? new PipelinedInput(inflated) : inflated;
  }

  private Profile readPlain(InputStream plain) throws IOException {
    RetainingInput retained = new RetainingInput(plain);
    try {
      return ProtoReader.read(retained, limits, keepsStacks);
    } catch (MalformedProtoException notProto) {
      Optional<Profile> other = readOther(retained);
      if (other.isPresent()) {
        return keepsStacks ? other.get() : other.get().withoutStacks();
      }
      throw new ProfileFormatException(
          "parsing profile: unrecognized profile format",
          notProto.offset(),
          "as profile.proto: " + notProto.getMessage());
    } catch (ProfileFormatException invalid) {
      // What is wrong with the compression comes first, even if it comes later in the file.
      retained.drain();
      throw invalid;
    }
  }

  private static Optional<Profile> readOther(RetainingInput retained) throws IOException {
    if (!retained.isComplete()) {
      retained.drain();
      return Optional.empty();
    }
    return TextFormats.read(retained.readAll());
  }
}
