// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.waits;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.FrameAddresses;
import io.pprof4j.capture.ProfileKind;
import io.pprof4j.capture.ProfileSource;
import io.pprof4j.capture.internal.SampleText;
import io.pprof4j.capture.internal.StackCounts;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileHeader;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** What the profiles of waiting have in common: their columns, and sums since the start. */
abstract sealed class ContentionSource implements ProfileSource permits BlockSource, MutexSource {
  static final ValueType CONTENTIONS = new ValueType("contentions", "count");
  static final ValueType DELAY = new ValueType("delay", "nanoseconds");

  final ReentrantLock lock = new ReentrantLock();

  /** Since the start; guarded by lock. */
  final StackCounts sums = newSums();

  private final ProfileKind kind;
  private final String description;
  private final FrameAddresses addresses;

  ContentionSource(ProfileKind kind, String description, FrameAddresses addresses) {
    this.kind = kind;
    this.description = description;
    this.addresses = addresses;
  }

  static StackCounts newSums() {
    return new StackCounts(CONTENTIONS, DELAY);
  }

  @Override
  public final ProfileKind kind() {
    return kind;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final Set<Ability> abilities() {
    return Set.of(Ability.SNAPSHOT, Ability.WINDOW, Ability.TEXT);
  }

  @Override
  public final long count() {
    lock.lock();
    try {
      return sums.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final Profile capture(CaptureRequest request) throws IOException, InterruptedException {
    return request.isSnapshot() ? snapshot() : window(request);
  }

  @Override
  public final void writeText(CaptureRequest request, int debug, Appendable out)
      throws IOException, InterruptedException {
    writeText(new SampleText(addresses), snapshot(), out);
  }

  /** The sums since the start. */
  abstract Profile snapshot() throws IOException, InterruptedException;

  /** What happened in the window of a request. */
  abstract Profile window(CaptureRequest request) throws IOException, InterruptedException;

  /** Writes a snapshot with the head of its kind. */
  abstract void writeText(SampleText text, Profile snapshot, Appendable out) throws IOException;

  static ProfileHeader describe(
      ProfileHeader header, long timeNanos, long durationNanos, List<String> comments) {
    return header
        .withPeriod(Optional.of(CONTENTIONS), 1)
        .withTime(timeNanos, durationNanos)
        .withComments(comments);
  }
}
