// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

import org.jspecify.annotations.Nullable;

/**
 * How frames become nodes of a graph.
 *
 * @param granularity which parts of a frame tell nodes apart
 * @param keepObjectFile whether frames of different binaries are different nodes
 * @param trimPath the prefixes that paths lose; without a list, not even an empty one, none does
 * @param sourcePath where sources are, whose names are found in paths
 */
public record NodeRules(
    Granularity granularity, boolean keepObjectFile, @Nullable String trimPath, String sourcePath) {
  /** Frames as they are in the profile, of any binary. */
  public NodeRules(Granularity granularity) {
    this(granularity, false, null, "");
  }
}
