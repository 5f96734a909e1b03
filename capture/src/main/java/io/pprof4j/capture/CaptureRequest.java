// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a profile shall cover and how it shall be taken. A parameter that a source has no use for is
 * ignored.
 *
 * @param duration length of the window; zero asks for a snapshot of everything so far
 * @param hz samples per second and thread, 1 to {@value #MAX_HZ}; empty means the source's default
 * @param rate for the duration of the window, the rate of a profile that is otherwise off or
 *     coarser: nanoseconds for block ({@link Rates#setBlockProfileRate}), the fraction for mutex;
 *     empty means 1
 * @param collectsFirst whether to collect garbage first, so that the heap profile is up to date
 * @param delta which columns of a window's profile are differences
 */
public record CaptureRequest(
    Duration duration, OptionalInt hz, OptionalLong rate, boolean collectsFirst, Delta delta) {
  /** The fastest sampling that may be asked for, per second. */
  public static final int MAX_HZ = 1000;

  /** Which columns of the profile of a window are differences between its end and its start. */
  public enum Delta {
    /** Those that only grow; a live amount is given as it is at the end of the window. */
    CUMULATIVE,
    /** All, as in Go, where the live columns of a heap profile may be negative. */
    ALL
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if the duration is negative, or {@code hz} or {@code rate} is
   *     out of range
   */
  public CaptureRequest {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration is negative: " + duration);
    }
    if (hz.isPresent() && (hz.getAsInt() < 1 || hz.getAsInt() > MAX_HZ)) {
      throw new IllegalArgumentException(
          "hz must be between 1 and %d, not %d".formatted(MAX_HZ, hz.getAsInt()));
    }
    if (rate.isPresent() && rate.getAsLong() < 1) {
      throw new IllegalArgumentException("rate must be positive, not " + rate.getAsLong());
    }
  }

  /** Everything up to now. */
  public static CaptureRequest snapshot() {
    return window(Duration.ZERO);
  }

  /** A window that begins now. */
  public static CaptureRequest window(Duration duration) {
    return new CaptureRequest(
        duration, OptionalInt.empty(), OptionalLong.empty(), false, Delta.CUMULATIVE);
  }

  /** A copy that samples so many times a second. */
  public CaptureRequest withHz(int newHz) {
    return new CaptureRequest(duration, OptionalInt.of(newHz), rate, collectsFirst, delta);
  }

  /** A copy with another rate. */
  public CaptureRequest withRate(long newRate) {
    return new CaptureRequest(duration, hz, OptionalLong.of(newRate), collectsFirst, delta);
  }

  /** A copy that collects garbage first. */
  public CaptureRequest collectingFirst() {
    return new CaptureRequest(duration, hz, rate, true, delta);
  }

  /** A copy with other columns as differences. */
  public CaptureRequest withDelta(Delta newDelta) {
    return new CaptureRequest(duration, hz, rate, collectsFirst, newDelta);
  }

  /** Whether this asks for everything up to now, and not for a window. */
  public boolean isSnapshot() {
    return duration.isZero();
  }
}
