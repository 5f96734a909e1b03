// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ProfileHeader;
import io.pprof4j.profile.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Collects events into the profile of one kind. Give it every event; it takes those that it knows.
 * Not safe for use by several threads.
 */
public final class EventProfile {
  private final JfrKind kind;
  private final EventRule rule;
  private final EventLabels labels;
  private final ProfileBuilder builder;
  private final EventStacks stacks;
  private final SampleSums sums = new SampleSums();
  private long events;
  private @Nullable Instant first;
  private @Nullable Instant last;

  /**
   * Collects events of a kind.
   *
   * @param rule which events count, and for how much
   * @param context how to name methods and label samples
   */
  public EventProfile(EventRule rule, EventContext context) {
    this.kind = rule.kind();
    this.rule = rule;
    this.labels = context.labels();
    this.builder = Profile.builder(kind.sampleTypes().toArray(ValueType[]::new));
    this.stacks = new EventStacks(builder, context.details(), context.mainSource());
  }

  /** The kind of the profile. */
  public JfrKind kind() {
    return kind;
  }

  /** Adds an event if it is one of this kind. */
  public void add(RecordedEvent event) {
    EventRule.Weight weight = rule.weigh(event);
    if (weight.count() == 0) {
      return;
    }
    events++;
    noteTime(event);
    int labelSet = builder.labels(labels.of(event));
    sums.add(labelSet, stacks.rows(event.getStackTrace()), weight.count(), weight.amount());
  }

  private void noteTime(RecordedEvent event) {
    Instant start = event.getStartTime();
    Instant end = event.getEndTime();
    first = first == null || start.isBefore(first) ? start : first;
    last = last == null || end.isAfter(last) ? end : last;
  }

  /** How many events were taken. */
  public long events() {
    return events;
  }

  /** Whether there is nothing to show. */
  public boolean isEmpty() {
    return sums.isEmpty();
  }

  /**
   * The profile; nothing can be added afterwards. Its time and duration are those of the events,
   * its comments count them.
   *
   * @param header changes what the profile says of itself
   */
  public Profile build(UnaryOperator<ProfileHeader> header) {
    long period = rule.period();
    sums.addTo(builder, rule.isAmountInPeriods() ? period : 1);
    List<String> comments = new ArrayList<>(rule.comments());
    comments.add("# samples: %d; stacks cut: %d".formatted(events, stacks.truncated()));
    Instant start = first == null ? Instant.EPOCH : first;
    Instant end = last == null ? start : last;
    builder.header(
        plain ->
            plain
                .withPeriod(kind.periodType(), period)
                .withTime(nanos(start), Duration.between(start, end).toNanos())
                .withComments(comments));
    return builder.header(header).build();
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }
}
