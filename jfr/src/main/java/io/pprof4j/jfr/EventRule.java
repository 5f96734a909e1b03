// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/** Says which events a profile is made of and what each adds. May keep state: one for a profile. */
public interface EventRule {
  /**
   * What an event adds.
   *
   * @param count to the first column; 0 leaves the event out
   * @param amount to the second column
   */
  record Weight(long count, long amount) {
    /** An event that does not belong here. */
    public static final Weight NONE = new Weight(0, 0);
  }

  /** The kind of the profile. */
  JfrKind kind();

  /** What an event adds; {@link Weight#NONE} for one that does not belong here. */
  Weight weigh(RecordedEvent event);

  /** The period of the profile, known at the latest when all events were seen; 0 if unknown. */
  long period();

  /** Whether amounts are in periods and must be multiplied by the period. */
  default boolean isAmountInPeriods() {
    return false;
  }

  /** What a reader of the profile should know. */
  default List<String> comments() {
    return List.of();
  }
}
