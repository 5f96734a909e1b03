// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

import java.time.Duration;

/** A flag whose value is a duration in Go's syntax: {@code 10s}, {@code 1h30m}, {@code 1.5ms}. */
public final class DurationFlag extends Flag {
  private final long defaultNanos;
  private long nanos;

  DurationFlag(String name, long defaultNanos, String usage) {
    super(name, usage);
    this.defaultNanos = defaultNanos;
    this.nanos = defaultNanos;
  }

  /** The value given last, or the default. */
  public Duration value() {
    return Duration.ofNanos(nanos);
  }

  /** The value given last, or the default, in nanoseconds. */
  public long nanos() {
    return nanos;
  }

  @Override
  String valueName() {
    return "duration";
  }

  @Override
  String defaultText() {
    return defaultNanos == 0 ? "" : GoDuration.format(defaultNanos);
  }

  @Override
  void accept(String text) throws FlagValueException {
    try {
      nanos = GoDuration.parse(text);
    } catch (IllegalArgumentException e) {
      // Go's flag package, too, replaces the reason by these two words.
      throw new FlagValueException(FlagValueException.PARSE_ERROR);
    }
  }
}
