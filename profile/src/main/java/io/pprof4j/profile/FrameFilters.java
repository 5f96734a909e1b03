// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.EnumSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Focus, ignore, hide and show, all at once: each location is judged once, then each stack. */
final class FrameFilters {
  private final Locations source;
  private final @Nullable NameMatcher focus;
  private final @Nullable NameMatcher ignore;
  private final @Nullable NameMatcher hide;
  private final @Nullable NameMatcher show;
  private final EnumSet<FilterKind> matched;

  private final boolean[] focused;
  private final boolean[] ignored;
  private final boolean[] hidden;
  private boolean anyHidden;

  private FrameFilters(Locations source, ProfileFilter filter, EnumSet<FilterKind> matched) {
    this.source = source;
    this.matched = matched;
    focus = matcher(filter, FilterKind.FOCUS);
    ignore = matcher(filter, FilterKind.IGNORE);
    hide = matcher(filter, FilterKind.HIDE);
    show = matcher(filter, FilterKind.SHOW);
    focused = new boolean[source.size()];
    ignored = new boolean[source.size()];
    hidden = new boolean[source.size()];
  }

  private @Nullable NameMatcher matcher(ProfileFilter filter, FilterKind kind) {
    Predicate<String> predicate = filter.name(kind).orElse(null);
    return predicate == null ? null : new NameMatcher(predicate, source);
  }

  static Samples apply(Samples samples, ProfileFilter filter, EnumSet<FilterKind> matched) {
    FrameFilters filters = new FrameFilters(samples.locations, filter, matched);
    Locations locations = filters.judgeLocations();
    if (filters.anyHidden) {
      return StackRewrite.apply(
          samples, locations, (stack, out) -> filters.shown(samples.stacks, stack, out));
    }
    boolean[] keep = new boolean[samples.stacks.size()];
    for (int stack = 0; stack < keep.length; stack++) {
      Interrupts.check(stack);
      keep[stack] = filters.isFocused(samples.stacks, stack);
    }
    return StackRewrite.select(samples, locations, keep);
  }

  private Locations judgeLocations() {
    LineSelection lines = new LineSelection(source);
    for (int location = 0; location < source.size(); location++) {
      judgeFocus(location);
      judgeLines(location, lines);
      lines.endLocation();
    }
    return lines.build();
  }

  private void judgeFocus(int location) {
    if (ignore != null && ignore.location(source, location)) {
      ignored[location] = true;
      matched.add(FilterKind.IGNORE);
    } else if (focus == null || focus.location(source, location)) {
      focused[location] = true;
      matched.add(FilterKind.FOCUS);
    }
  }

  /** Hides lines first and then shows what is left; a mapping decides for the whole location. */
  private void judgeLines(int location, LineSelection lines) {
    boolean hideMatched = hide != null && hide.location(source, location);
    if (hideMatched) {
      matched.add(FilterKind.HIDE);
    }
    boolean hideAll = hideMatched && hide != null && hide.mapping(source.mapping[location]);
    boolean showAll = show == null || show.mapping(source.mapping[location]);
    for (int line = source.firstLine[location]; line < source.firstLine[location + 1]; line++) {
      int function = source.lineFunction[line];
      boolean isHidden = hideAll || (hideMatched && hide != null && hide.function(function));
      if (!isHidden && (showAll || (show != null && show.function(function)))) {
        lines.keep(line, line + 1);
      }
    }
    hidden[location] = lines.keptLines() == 0 && (hideMatched || show != null);
    anyHidden |= hidden[location];
    if (show != null && !hidden[location]) {
      matched.add(FilterKind.SHOW);
    }
  }

  private boolean isFocused(Stacks stacks, int stack) {
    boolean found = false;
    for (int at = 0; at < stacks.depth(stack); at++) {
      int location = stacks.location(stack, at);
      if (ignored[location]) {
        return false;
      }
      found |= focused[location];
    }
    return found;
  }

  private int shown(Stacks stacks, int stack, int[] out) {
    if (!isFocused(stacks, stack)) {
      return StackRewrite.DROP;
    }
    int depth = 0;
    for (int at = 0; at < stacks.depth(stack); at++) {
      int location = stacks.location(stack, at);
      if (!hidden[location]) {
        out[depth++] = location;
      }
    }
    return depth == 0 ? StackRewrite.DROP : depth;
  }
}
