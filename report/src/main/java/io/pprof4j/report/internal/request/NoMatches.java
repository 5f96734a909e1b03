// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

import io.pprof4j.profile.FilterKind;
import java.util.Set;
import java.util.function.Consumer;

/** Tells the user of filters that matched nothing. */
final class NoMatches {
  private NoMatches() {}

  static void warn(Set<FilterKind> unmatched, Consumer<String> warnings) {
    for (FilterKind kind : unmatched) {
      warnings.accept(kind.title() + " expression matched no samples");
    }
  }
}
