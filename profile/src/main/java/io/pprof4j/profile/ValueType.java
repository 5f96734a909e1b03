// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static java.util.Objects.requireNonNull;

/**
 * What one column of sample values measures, and in which unit (profile.proto, ValueType).
 *
 * @param type what is counted: {@code "cpu"}, {@code "alloc_space"}, {@code "delay"}
 * @param unit the unit of the numbers: {@code "nanoseconds"}, {@code "bytes"}, {@code "count"}
 */
public record ValueType(String type, String unit) {
  /** Rejects null parts; empty ones are allowed, as in the format. */
  public ValueType {
    requireNonNull(type, "type");
    requireNonNull(unit, "unit");
  }

  // Written out, since a JVM makes what a record has by itself at the first comparison, and a short
  // run that merges would make no other.
  @Override
  public boolean equals(Object other) {
    return other instanceof ValueType that && type.equals(that.type) && unit.equals(that.unit);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + unit.hashCode();
  }

  /** The form used in listings: {@code type/unit}. */
  @Override
  public String toString() {
    return type + "/" + unit;
  }
}
