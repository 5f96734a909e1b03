// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type as the metadata of a chunk describes it: of events, of constants, of their fields.
 *
 * @param id its number in this chunk
 * @param name {@code jdk.ExecutionSample}, {@code jdk.types.Method}, {@code long}
 * @param fields what a value consists of, in order; empty for the simplest ones
 */
record JfrType(long id, String name, List<Field> fields) {
  /**
   * A field.
   *
   * @param name its name
   * @param type the number of its type
   * @param constant whether the value is the id of a constant
   * @param array whether it is a sequence of values
   * @param timespan the unit of a span of time, as {@code jdk.jfr.Timespan} names it; null for
   *     other fields
   */
  record Field(
      String name, long type, boolean constant, boolean array, @Nullable String timespan) {}
}
