// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.List;

/**
 * A location to be added to a {@link ProfileBuilder}.
 *
 * @param mapping row given by {@link ProfileBuilder#mapping}, or {@link Locations#NO_MAPPING}
 * @param address instruction address, 0 if unknown
 * @param lines frames, innermost (inlined) first; empty if not symbolized
 * @param folded whether identical code folding makes the lines ambiguous
 */
public record LocationSpec(int mapping, long address, List<LineSpec> lines, boolean folded) {
  /** Copies the list. */
  public LocationSpec {
    lines = List.copyOf(lines);
  }
}
