// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pprof4j.profile.Profile;
import org.jspecify.annotations.Nullable;

/** Removes the frames that the profile itself calls uninteresting. */
final class DropFrames {
  private DropFrames() {}

  /** The profile without them; unchanged if an expression cannot be read, as in pprof. */
  static Profile apply(Profile profile) {
    String drop = profile.header().dropFrames();
    String keep = profile.header().keepFrames();
    if (drop.isEmpty() || isNoText(drop) || isNoText(keep)) {
      return profile;
    }
    try {
      Pattern dropped = anchored(drop);
      Pattern kept = anchored(keep);
      return profile.dropFrames(name -> dropped(name, dropped, kept));
    } catch (PatternSyntaxException unreadable) {
      return profile;
    }
  }

  /** Whether it has bytes that are no UTF-8, kept as lone surrogates; that is no expression. */
  private static boolean isNoText(String expression) {
    return expression
        .codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static boolean dropped(String name, @Nullable Pattern drop, @Nullable Pattern keep) {
    return drop != null
        && drop.matcher(name).find()
        && (keep == null || !keep.matcher(name).find());
  }

  private static @Nullable Pattern anchored(String expression) {
    return expression.isEmpty() ? null : Pattern.compile("^(" + expression + ")$");
  }
}
