// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.profile.ValueType;
import java.util.List;
import java.util.Optional;

/** A profile that a recording can hold, with its columns. */
public enum JfrKind {
  /** CPU time: {@code jdk.CPUTimeSample}, else {@code jdk.ExecutionSample} and its native twin. */
  CPU(new ValueType("cpu", "nanoseconds"), count("samples"), new ValueType("cpu", "nanoseconds")),
  /** Elapsed time, running or waiting: async-profiler's wall clock samples. */
  WALL(
      new ValueType("wall", "nanoseconds"), count("samples"), new ValueType("wall", "nanoseconds")),
  /**
   * Allocated bytes by stack. JFR does not tell how many objects a sample stands for, so the first
   * column counts samples.
   */
  ALLOCATION(bytes("space"), count("alloc_samples"), bytes("alloc_space")),
  /**
   * Objects that are still alive: async-profiler's, else the few of {@code jdk.OldObjectSample}.
   */
  LIVE(bytes("space"), count("inuse_objects"), bytes("inuse_space")),
  /** Waits: for monitors, in {@code Object.wait}, and parked. */
  BLOCK(count("contentions"), count("contentions"), new ValueType("delay", "nanoseconds")),
  /** Calls of {@code malloc} and its kin, and the bytes asked for: async-profiler's nativemem. */
  NATIVE_ALLOCATION(bytes("space"), count("native_allocs"), bytes("native_alloc_space")),
  /** Native memory that was allocated in the recording and not given back until its end. */
  NATIVE_LIVE(bytes("space"), count("native_inuse_objects"), bytes("native_inuse_space"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of two strings
  private final ValueType periodType;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of records
  private final List<ValueType> sampleTypes;

  JfrKind(ValueType periodType, ValueType... sampleTypes) {
    this.periodType = periodType;
    this.sampleTypes = List.of(sampleTypes);
  }

  private static ValueType count(String type) {
    return new ValueType(type, "count");
  }

  private static ValueType bytes(String type) {
    return new ValueType(type, "bytes");
  }

  /** The columns. */
  public List<ValueType> sampleTypes() {
    return sampleTypes;
  }

  /** What the profile's period measures. */
  public Optional<ValueType> periodType() {
    return Optional.of(periodType);
  }
}
