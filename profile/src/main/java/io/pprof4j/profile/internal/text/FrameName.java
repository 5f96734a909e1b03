// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.text;

import io.pprof4j.profile.JvmNames;
import io.pprof4j.profile.ProfileBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of frames in texts that other tools write. */
final class FrameName {
  /** How async-profiler marks what kind of code a frame is: JIT, inlined, kernel, interpreted. */
  private static final Pattern KIND = Pattern.compile("_\\[[jik01]\\]$");

  /** A method with the internal name of its class: {@code com/acme/Shop.sell}. */
  private static final Pattern INTERNAL =
      Pattern.compile("([\\w$-]++/[\\w$/+.-]*)\\.([\\w$<>-]++)");

  private FrameName() {}

  /** Adds a function under its readable name, and under its original one if that differs. */
  static int addTo(ProfileBuilder builder, String frame, String file) {
    String name = KIND.matcher(frame).replaceFirst("");
    Matcher internal = INTERNAL.matcher(name);
    if (!internal.matches()) {
      return builder.function(name, "", file, 0);
    }
    String className = JvmNames.stableClass(internal.group(1).replace('/', '.'));
    return builder.function(className + "." + internal.group(2), name, file, 0);
  }
}
