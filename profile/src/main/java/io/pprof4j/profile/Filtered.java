// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What filters left of a profile.
 *
 * @param profile the remaining profile
 * @param unmatched the filters that were given and matched nothing, in the order of {@link
 *     FilterKind}; {@link FilterKind#PRUNE_FROM} is never among them, as in pprof
 */
public record Filtered(Profile profile, Set<FilterKind> unmatched) {
  /** Copies the set. */
  public Filtered {
    EnumSet<FilterKind> copy = EnumSet.noneOf(FilterKind.class);
    copy.addAll(unmatched);
    unmatched = Collections.unmodifiableSet(copy);
  }
}
