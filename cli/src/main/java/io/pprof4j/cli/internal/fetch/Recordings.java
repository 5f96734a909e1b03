// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import io.pprof4j.jfr.JfrKind;
import io.pprof4j.jfr.JfrProfiles;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Recordings of the JDK's flight recorder and of async-profiler, as sources. */
final class Recordings {
  private static final int MAGIC = 4;

  /** Enough of a compressed stream for its header, a file name in that, and the first bytes. */
  private static final int START = 4096;

  /** Finer than the columns of a heat map of a minute, and coarse enough to merge samples. */
  private static final Duration TIME_STEP = Duration.ofMillis(20);

  private Recordings() {}

  /**
   * Whether a stream is a recording, within gzip or not.
   *
   * @param in a stream that can be marked; its position is kept
   */
  static boolean isRecording(InputStream in) throws IOException {
    in.mark(START);
    byte[] start = in.readNBytes(START);
    in.reset();
    boolean gzip = start.length > 2 && start[0] == 0x1F && start[1] == (byte) 0x8B;
    return JfrProfiles.isRecording(gzip ? inflated(start) : start);
  }

  private static byte[] inflated(byte[] start) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(start))) {
      return in.readNBytes(MAGIC);
    } catch (IOException damaged) {
      return new byte[0]; // whoever reads it will say so
    }
  }

  /**
   * Reads a file; {@code in} is at its start.
   *
   * @param withTimes whether samples are labelled with their time
   */
  static Profile read(Path file, InputStream in, boolean withTimes) throws IOException {
    in.mark(MAGIC);
    boolean plain = JfrProfiles.isRecording(in.readNBytes(MAGIC));
    in.reset();
    if (!plain) {
      return read(in, withTimes);
    }
    return profile(withTimes ? JfrProfiles.readWithTimes(file, TIME_STEP) : JfrProfiles.read(file));
  }

  /**
   * Reads a stream.
   *
   * @param withTimes whether samples are labelled with their time
   */
  static Profile read(InputStream in, boolean withTimes) throws IOException {
    return profile(withTimes ? JfrProfiles.readWithTimes(in, TIME_STEP) : JfrProfiles.read(in));
  }

  private static Profile profile(JfrProfiles profiles) throws ProfileFormatException {
    return profiles
        .combined()
        .orElseThrow(
            () ->
                new ProfileFormatException(
                    "the recording has no samples; profiles are made of events of "
                        + Arrays.stream(JfrKind.values())
                            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
  }
}
