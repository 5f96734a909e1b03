// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.EnumSet;
import java.util.Set;

/**
 * How coarse frames are to become.
 *
 * @param kept what frames keep; the rest is blanked
 */
public record Aggregation(Set<Detail> kept) {
  /** A detail of a frame. */
  public enum Detail {
    /** Inlined frames; without them only the outermost line of a location stays. */
    INLINES,
    /** Names of functions. */
    FUNCTION,
    /** Names of files. */
    FILE,
    /** Lines; without them columns are blanked too. */
    LINE,
    /** Columns. */
    COLUMN,
    /** Addresses. */
    ADDRESS
  }

  /** Copies the set. */
  public Aggregation {
    kept = Set.copyOf(kept);
  }

  /** The details of a granularity, with inlined frames and without columns. */
  public static Aggregation of(Granularity granularity) {
    EnumSet<Detail> kept = EnumSet.of(Detail.INLINES);
    if (granularity != Granularity.FILES) {
      kept.add(Detail.FUNCTION);
    }
    if (granularity != Granularity.FUNCTIONS) {
      kept.add(Detail.FILE);
    }
    if (granularity == Granularity.LINES || granularity == Granularity.ADDRESSES) {
      kept.add(Detail.LINE);
    }
    if (granularity == Granularity.ADDRESSES) {
      kept.add(Detail.ADDRESS);
    }
    return new Aggregation(kept);
  }

  /** The same with one more detail. */
  public Aggregation with(Detail detail) {
    EnumSet<Detail> more = EnumSet.of(detail);
    more.addAll(kept);
    return new Aggregation(more);
  }

  /** The same without a detail. */
  public Aggregation without(Detail detail) {
    EnumSet<Detail> fewer = EnumSet.noneOf(Detail.class);
    fewer.addAll(kept);
    fewer.remove(detail);
    return new Aggregation(fewer);
  }

  boolean keeps(Detail detail) {
    return kept.contains(detail);
  }
}
