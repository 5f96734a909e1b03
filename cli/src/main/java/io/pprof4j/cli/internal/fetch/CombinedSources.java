// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import io.pprof4j.cli.internal.symbolize.MappingSources;
import io.pprof4j.profile.IncompatibleProfilesException;
import io.pprof4j.profile.ProfileCombiner;
import org.jspecify.annotations.Nullable;

/** Profiles of several sources as one, combined as they are added. */
final class CombinedSources {
  private final ProfileCombiner combiner = new ProfileCombiner();
  private final MappingSources origins = new MappingSources();
  private boolean remote;
  private int count;
  private @Nullable IncompatibleProfilesException mismatch;

  /** Adds a profile; that it does not fit to the others is said by {@link #combine}. */
  void add(FetchedProfile fetched) {
    count++;
    origins.addAll(fetched.sources());
    remote |= fetched.remote();
    if (mismatch == null) {
      try {
        combiner.add(fetched.profile());
      } catch (IncompatibleProfilesException e) {
        mismatch = e;
      }
    }
  }

  /** How many profiles were added. */
  int size() {
    return count;
  }

  /**
   * All of them as one; null if there is none.
   *
   * @throws IncompatibleProfilesException if they do not fit together
   */
  @Nullable FetchedProfile combine() {
    if (mismatch != null) {
      throw mismatch;
    }
    return count == 0 ? null : new FetchedProfile(combiner.combine(), origins, remote);
  }
}
