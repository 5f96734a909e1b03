// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the formats that profiles had before profile.proto: those of gperftools, of old Go runtimes
 * and of a profiler for Java.
 *
 * <p>The formats are tried one after the other; each either reads the profile, or finds that it is
 * something else, or that it is broken.
 */
public final class Legacy {
  private Legacy() {}

  private interface Format {
    @Nullable LegacyDraft read(byte[] bytes) throws ProfileFormatException;
  }

  private static final Format[] FORMATS = {
    LegacyCpu::read,
    LegacyHeap::read,
    LegacyCount::read,
    LegacyThreads::read,
    LegacyContention::read,
    LegacyJava::read,
  };

  /**
   * The profile, or null if no format is recognised.
   *
   * @throws ProfileFormatException if a format is recognised and the content is malformed
   */
  public static @Nullable Profile read(byte[] bytes) throws ProfileFormatException {
    for (Format format : FORMATS) {
      LegacyDraft draft = format.read(bytes);
      if (draft != null) {
        return draft.build();
      }
    }
    return null;
  }

  static ProfileFormatException malformed(String problem, long offset) {
    return new ProfileFormatException("parsing profile: " + problem, offset);
  }

  static ProfileFormatException malformedSample(String line, Exception problem, long offset) {
    return malformed("malformed sample: %s: %s".formatted(line, problem.getMessage()), offset);
  }
}
