// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What to keep of a profile. Filters apply in the order of {@link FilterKind}.
 *
 * <p>A <em>frame filter</em> tests names: a frame matches when its function name or its file name
 * does, and a location when one of its frames or the file of its mapping does. Each name is tested
 * once. A <em>label filter</em> tests the labels of a sample; each distinct label list is tested
 * once.
 */
public final class ProfileFilter {
  private final Map<FilterKind, Predicate<String>> names;
  private final Map<FilterKind, Predicate<List<Label>>> labels;

  private ProfileFilter(Builder builder) {
    names = new TreeMap<>(builder.names);
    labels = new TreeMap<>(builder.labels);
  }

  /** Starts a filter that keeps everything. */
  public static Builder builder() {
    return new Builder();
  }

  Optional<Predicate<String>> name(FilterKind kind) {
    return Optional.ofNullable(names.get(kind));
  }

  Optional<Predicate<List<Label>>> label(FilterKind kind) {
    return Optional.ofNullable(labels.get(kind));
  }

  boolean has(FilterKind... kinds) {
    for (FilterKind kind : kinds) {
      if (names.containsKey(kind) || labels.containsKey(kind)) {
        return true;
      }
    }
    return false;
  }

  List<FilterKind> given() {
    List<FilterKind> given = new ArrayList<>(names.keySet());
    given.addAll(labels.keySet());
    return given;
  }

  /** Collects filters; each may be given once, a second one replaces the first. */
  public static final class Builder {
    // No EnumMap: it calls values() by reflection, which takes 8 ms of a short run.
    private final Map<FilterKind, Predicate<String>> names = new TreeMap<>();
    private final Map<FilterKind, Predicate<List<Label>>> labels = new TreeMap<>();

    private Builder() {}

    /** Keeps samples that have a location that matches. A location to ignore does not count. */
    public Builder focus(Predicate<String> name) {
      return name(FilterKind.FOCUS, name);
    }

    /** Drops samples that have a location that matches. */
    public Builder ignore(Predicate<String> name) {
      return name(FilterKind.IGNORE, name);
    }

    /** Removes frames that match, all of a location when its mapping matches. */
    public Builder hide(Predicate<String> name) {
      return name(FilterKind.HIDE, name);
    }

    /** Removes frames that do not match. */
    public Builder show(Predicate<String> name) {
      return name(FilterKind.SHOW, name);
    }

    /** Removes frames above the match nearest to the root, and samples without a match. */
    public Builder showFrom(Predicate<String> name) {
      return name(FilterKind.SHOW_FROM, name);
    }

    /**
     * Removes frames below the match nearest to the leaf. The predicate sees function names only,
     * without a leading dot and without an argument list.
     */
    public Builder pruneFrom(Predicate<String> name) {
      return name(FilterKind.PRUNE_FROM, name);
    }

    /** Keeps samples whose labels match. */
    public Builder tagFocus(Predicate<List<Label>> match) {
      labels.put(FilterKind.TAG_FOCUS, match);
      return this;
    }

    /** Drops samples whose labels match. */
    public Builder tagIgnore(Predicate<List<Label>> match) {
      labels.put(FilterKind.TAG_IGNORE, match);
      return this;
    }

    /** Keeps only labels whose key matches. */
    public Builder tagShow(Predicate<String> key) {
      return name(FilterKind.TAG_SHOW, key);
    }

    /** Removes labels whose key matches. */
    public Builder tagHide(Predicate<String> key) {
      return name(FilterKind.TAG_HIDE, key);
    }

    private Builder name(FilterKind kind, Predicate<String> predicate) {
      names.put(kind, predicate);
      return this;
    }

    /** The filter. */
    public ProfileFilter build() {
      return new ProfileFilter(this);
    }
  }
}
