// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.function.Predicate;

/** The filters that cut stacks at a frame: show_from, prune_from, and drop_frames/keep_frames. */
final class StackCuts {
  private StackCuts() {}

  /** Removes the frames above the match nearest to the root, and samples without a match. */
  static Samples showFrom(Samples samples, Predicate<String> name, EnumSet<FilterKind> matched) {
    Locations source = samples.locations;
    NameMatcher matcher = new NameMatcher(name, source);
    boolean[] match = new boolean[source.size()];
    LineSelection lines = new LineSelection(source);
    for (int location = 0; location < source.size(); location++) {
      int from = source.firstLine[location];
      int end = source.firstLine[location + 1];
      int to = end;
      if (matcher.mapping(source.mapping[location])) {
        match[location] = true;
      } else {
        while (to > from && !matcher.function(source.lineFunction[to - 1])) {
          to--;
        }
        match[location] = to > from;
      }
      lines.keep(from, match[location] ? to : end);
      lines.endLocation();
      if (match[location]) {
        matched.add(FilterKind.SHOW_FROM);
      }
    }
    Stacks stacks = samples.stacks;
    return StackRewrite.apply(
        samples, lines.build(), (stack, out) -> upToMatch(stacks, stack, match, out));
  }

  private static int upToMatch(Stacks stacks, int stack, boolean[] match, int[] out) {
    for (int depth = stacks.depth(stack); depth > 0; depth--) {
      if (match[stacks.location(stack, depth - 1)]) {
        stacks.copyFrom(stack, 0, out, 0);
        return depth;
      }
    }
    return StackRewrite.DROP;
  }

  /** Removes the frames below the match nearest to the leaf; the match stays. */
  static Samples pruneFrom(Samples samples, Predicate<String> name) {
    Locations source = samples.locations;
    boolean[] matches = matchingFunctions(source.functions, name);
    boolean[] match = new boolean[source.size()];
    LineSelection lines = new LineSelection(source);
    for (int location = 0; location < source.size(); location++) {
      int end = source.firstLine[location + 1];
      int from = source.firstLine[location];
      while (from < end && !matches[source.lineFunction[from]]) {
        from++;
      }
      match[location] = from < end;
      lines.keep(match[location] ? from : source.firstLine[location], end);
      lines.endLocation();
    }
    Stacks stacks = samples.stacks;
    return StackRewrite.apply(
        samples, lines.build(), (stack, out) -> fromMatch(stacks, stack, match, out));
  }

  private static int fromMatch(Stacks stacks, int stack, boolean[] match, int[] out) {
    int depth = stacks.depth(stack);
    for (int at = 0; at < depth; at++) {
      if (match[stacks.location(stack, at)]) {
        return stacks.copyFrom(stack, at, out, 0);
      }
    }
    return stacks.copyFrom(stack, 0, out, 0);
  }

  /**
   * Removes the outermost matching frame and all below it (profile.proto, drop_frames), but nothing
   * above the outermost frame that does not match, so that no stack vanishes wholly.
   */
  static Samples drop(Samples samples, Predicate<String> name) {
    Locations source = samples.locations;
    boolean[] matches = matchingFunctions(source.functions, name);
    boolean[] whole = new boolean[source.size()];
    boolean[] partly = new boolean[source.size()];
    LineSelection lines = new LineSelection(source);
    for (int location = 0; location < source.size(); location++) {
      int first = source.firstLine[location];
      int end = source.firstLine[location + 1];
      int at = end;
      while (at > first && !matches[source.lineFunction[at - 1]]) {
        at--;
      }
      whole[location] = at > first && at == end;
      partly[location] = at > first && at < end;
      lines.keep(partly[location] ? at : first, end);
      lines.endLocation();
    }
    Stacks stacks = samples.stacks;
    return StackRewrite.apply(
        samples,
        lines.build(),
        (stack, out) -> stacks.copyFrom(stack, dropDepth(stacks, stack, whole, partly), out, 0));
  }

  private static int dropDepth(Stacks stacks, int stack, boolean[] whole, boolean[] partly) {
    boolean foundUser = false;
    for (int depth = stacks.depth(stack) - 1; depth >= 0; depth--) {
      int location = stacks.location(stack, depth);
      if (!whole[location] && !partly[location]) {
        foundUser = true;
      } else if (foundUser) {
        return whole[location] ? depth + 1 : depth;
      }
    }
    return 0;
  }

  /** Which functions have a name whose simplified form matches; functions without a name do not. */
  private static boolean[] matchingFunctions(Functions functions, Predicate<String> name) {
    boolean[] matches = new boolean[functions.size()];
    byte[] known = new byte[functions.strings.size()];
    Arrays.fill(known, (byte) -1);
    for (int function = 0; function < matches.length; function++) {
      int row = functions.name[function];
      if (known[row] < 0) {
        String text = functions.strings.get(row);
        known[row] = (byte) (!text.isEmpty() && name.test(SimpleName.of(text)) ? 1 : 0);
      }
      matches[function] = known[row] == 1;
    }
    return matches;
  }
}
