// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Combines profiles one by one, as {@link Profile#combine} does with all at once. Each profile may
 * be forgotten as soon as {@link #add} returns: memory grows with what differs between profiles and
 * not with their number. Not safe for use by several threads.
 */
public final class ProfileCombiner {
  /*
   * Profiles that measure the same as the first go into a merge at once. From the first one that
   * does not, they wait until there are some, since making them comparable takes a pass over all
   * that was merged. Their order is kept.
   */
  private static final int MAX_WAITING = 64;

  private @Nullable Profile only;
  private @Nullable ProfileMerger merger;
  private @Nullable ProfileHeader header;
  private final List<Profile> waiting = new ArrayList<>();
  private int profiles;

  /** A combiner without profiles. */
  public ProfileCombiner() {}

  /** How many profiles were added. */
  public int profiles() {
    return profiles;
  }

  /**
   * Adds a profile.
   *
   * @throws IncompatibleProfilesException as {@link Profile#combine}; it may also come later, from
   *     another call, and the combiner must not be used after it
   */
  public ProfileCombiner add(Profile profile) {
    profiles++;
    if (profiles == 1) {
      only = profile;
      header = profile.header();
    } else if (waiting.isEmpty() && measuresTheSame(profile)) {
      merging().add(profile);
    } else {
      waiting.add(profile);
      if (waiting.size() == MAX_WAITING) {
        addWaiting();
      }
    }
    return this;
  }

  /**
   * The profiles combined; a single one is returned as it is. The combiner must not be used
   * afterwards.
   *
   * @throws IncompatibleProfilesException as {@link Profile#combine}
   * @throws IllegalStateException if there is none
   */
  public Profile combine() {
    if (!waiting.isEmpty()) {
      addWaiting();
    }
    if (merger != null) {
      return merger.merge();
    }
    if (only == null) {
      throw new IllegalStateException("no profiles to combine");
    }
    return Profile.combine(List.of(only));
  }

  /** Whether nothing has to be reduced or converted. */
  private boolean measuresTheSame(Profile profile) {
    return header != null
        && distinctTypes(header)
        && header.sampleTypes().equals(profile.header().sampleTypes())
        && header.periodType().equals(profile.header().periodType());
  }

  /** Whether no type has to be dropped because another one has its name. */
  private static boolean distinctTypes(ProfileHeader header) {
    Set<String> names = new HashSet<>();
    for (ValueType type : header.sampleTypes()) {
      names.add(type.type());
    }
    return !names.isEmpty() && names.size() == header.sampleTypes().size();
  }

  private ProfileMerger merging() {
    ProfileMerger current = merger;
    if (current == null) {
      current = new ProfileMerger();
      if (only != null) {
        current.add(only);
        only = null;
      }
      merger = current;
    }
    return current;
  }

  private void addWaiting() {
    List<Profile> all = new ArrayList<>();
    all.add(merger != null ? merger.merge() : java.util.Objects.requireNonNull(only));
    all.addAll(waiting);
    waiting.clear();
    only = Profile.combine(all);
    header = only.header();
    merger = null;
  }
}
