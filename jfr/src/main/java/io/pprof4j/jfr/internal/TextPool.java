// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import org.jspecify.annotations.Nullable;

/** Texts that a chunk keeps once. */
@FunctionalInterface
interface TextPool {
  /** The text of an id; null if there is none. */
  @Nullable String text(long id) throws ProfileFormatException;
}
