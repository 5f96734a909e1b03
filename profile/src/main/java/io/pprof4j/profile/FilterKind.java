// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/**
 * The filters of a profile, in the order in which they apply. Names in parentheses are those of
 * pprof's options.
 */
public enum FilterKind {
  /** Adds frames made of labels above the root (tagroot). */
  TAG_ROOT("TagRoot"),
  /** Adds frames made of labels below the leaf (tagleaf). */
  TAG_LEAF("TagLeaf"),
  /** Keeps samples that have a matching frame (focus). */
  FOCUS("Focus"),
  /** Drops samples that have a matching frame (ignore). */
  IGNORE("Ignore"),
  /** Removes matching frames (hide). */
  HIDE("Hide"),
  /** Keeps only matching frames (show). */
  SHOW("Show"),
  /** Removes the frames above the matching frame nearest to the root (show_from). */
  SHOW_FROM("ShowFrom"),
  /** Keeps samples whose labels match (tagfocus). */
  TAG_FOCUS("TagFocus"),
  /** Drops samples whose labels match (tagignore). */
  TAG_IGNORE("TagIgnore"),
  /** Keeps only labels with matching keys (tagshow). */
  TAG_SHOW("TagShow"),
  /** Removes labels with matching keys (taghide). */
  TAG_HIDE("TagHide"),
  /** Removes the frames below the matching frame nearest to the leaf (prune_from). */
  PRUNE_FROM("PruneFrom");

  private final String title;

  FilterKind(String title) {
    this.title = title;
  }

  /** The name that pprof's messages use: {@code ShowFrom}. */
  public String title() {
    return title;
  }
}
