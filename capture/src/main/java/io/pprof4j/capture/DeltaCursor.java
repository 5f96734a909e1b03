// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The place of one reader in a profile that only grows: each call gives what was added since the
 * one before, the first all since the start. Live columns are as they are at the call. A scraper
 * that comes by every few seconds thus misses nothing and counts nothing twice. Safe for use by
 * several threads, who then share the place.
 */
public final class DeltaCursor {
  private final ProfileSource source;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Profile last; // guarded by lock

  /**
   * A reader who has seen nothing yet.
   *
   * @throws IllegalArgumentException if the profile has no snapshots
   */
  public DeltaCursor(ProfileSource source) {
    if (!source.abilities().contains(ProfileSource.Ability.SNAPSHOT)) {
      throw new IllegalArgumentException("profile has no snapshots: " + source.name());
    }
    this.source = source;
  }

  /**
   * What was added since the last call that gave a profile.
   *
   * @param request {@link CaptureRequest#collectsFirst} and {@link CaptureRequest#delta} are
   *     honoured, the rest is ignored
   * @throws IOException if the capture fails
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Profile next(CaptureRequest request) throws IOException, InterruptedException {
    CaptureRequest snapshot = CaptureRequest.snapshot();
    lock.lockInterruptibly();
    try {
      Profile now = source.capture(request.collectsFirst() ? snapshot.collectingFirst() : snapshot);
      // A source that can only look at a window from now on gives that for a snapshot.
      boolean isWindow = now.durationNanos() > 0;
      Profile delta =
          last == null || isWindow ? now : ProfileDelta.between(last, now, request.delta());
      last = now;
      return delta;
    } finally {
      lock.unlock();
    }
  }
}
