// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request after the other, and keeps the times of the one that is under way. Used by its
 * loop's thread only.
 */
final class Worker {
  private static final int MAX_REFUSALS = 6;
  private static final int MAX_REDIRECTS = 10;

  private final EventLoop loop;
  private long budget;
  private long nextTarget;
  private final long targetStep;

  private boolean active;
  private Target target;
  private @Nullable HttpConnection connection;
  private @Nullable Dial dial;
  private int redirects;
  private int refusals;
  private boolean waited;

  private long due;
  private long start;
  private long attached;
  private long written;
  private long firstByte;
  private long connectNanos;
  private long dnsNanos;

  /**
   * Makes a worker.
   *
   * @param index its number among all workers of the run, from which its first URL follows
   * @param step how many workers the run has
   * @param budget how many requests it may send
   */
  Worker(EventLoop loop, int index, int step, long budget) {
    this.loop = loop;
    this.budget = budget;
    this.nextTarget = index;
    this.targetStep = step;
    this.target = loop.target(index);
  }

  /** Whether it may send another request. */
  boolean hasBudget() {
    return budget > 0;
  }

  void budget(long requests) {
    budget = requests;
  }

  boolean isActive() {
    return active;
  }

  Target target() {
    return target;
  }

  /** When the request that it sends, or sent last, was due. */
  long due() {
    return due;
  }

  /** Sends the next request. */
  void issue(long dueNanos, long now) {
    budget--;
    active = true;
    due = dueNanos;
    start = now;
    redirects = 0;
    refusals = 0;
    target = loop.target(nextTarget);
    nextTarget += targetStep;
    begin();
  }

  private void begin() {
    waited = false;
    connectNanos = 0;
    dnsNanos = 0;
    acquire();
  }

  private void acquire() {
    connection = null;
    dial = null;
    written = 0;
    firstByte = 0;
    if (target.url().isRequestable()) {
      loop.pool(target).acquire(this);
    } else {
      failed(target.url().refusal());
    }
  }

  /** A connection is being made for this worker. */
  void waitsFor(Dial under) {
    dial = under;
    waited = true;
  }

  /** A connection is being made for another worker, and this one may share it. */
  void waits() {
    waited = true;
  }

  /** The connection that was made for this worker took so long. */
  void dialed(long lookupNanos, long wholeNanos) {
    dial = null;
    dnsNanos = lookupNanos;
    connectNanos = wholeNanos;
  }

  /** The request is being sent on that connection. */
  void attached(HttpConnection to) {
    connection = to;
    dial = null;
    attached = waited || redirects > 0 ? System.nanoTime() : start;
  }

  /** The request is on its way. */
  void written() {
    if (written == 0) {
      written = System.nanoTime();
    }
  }

  /** A part of the response is here. */
  void gotFirstByte() {
    if (firstByte == 0) {
      firstByte = System.nanoTime();
    }
  }

  boolean hasFirstByte() {
    return firstByte != 0;
  }

  /**
   * Sends the same request again, since the kept connection it was sent on is gone. As in Go's
   * client that may happen again on the next kept connection, but ends with a new one.
   */
  void retry() {
    waited = true;
    acquire();
  }

  /** Sends a request again that the server refused unseen; six times at most, as Go's client. */
  void retryRefused() {
    if (refusals++ == MAX_REFUSALS) {
      failed("http2: server refused the stream " + refusals + " times");
      return;
    }
    waited = true;
    acquire();
  }

  /** The response is complete. */
  void finished(int status, long bodyBytes, Optional<String> location) {
    connection = null;
    if (location.isPresent() && isFollowed(status)) {
      follow(status, location.get());
      return;
    }
    long end = System.nanoTime();
    active = false;
    // A response may come before the whole request is sent.
    long sent = written == 0 ? firstByte : Math.min(written, firstByte);
    loop.stats().success(this, status, bodyBytes, end, sent);
    loop.free(this, end);
  }

  private boolean isFollowed(int status) {
    return switch (status) {
      case 301, 302, 303 -> loop.followsRedirects();
      // As in hey, a redirect that keeps the body is not followed with one.
      case 307, 308 -> loop.followsRedirects() && target.spec().body().length == 0;
      default -> false;
    };
  }

  private void follow(int status, String location) {
    if (++redirects >= MAX_REDIRECTS) {
      // Go names the location here, not the whole URL.
      failedWith(target.failure(location, "stopped after " + MAX_REDIRECTS + " redirects"));
      return;
    }
    try {
      HttpUrl next = target.url().resolve(location);
      boolean hostStays = location.startsWith("/") && !location.startsWith("//");
      RequestSpec spec = target.spec().redirected(status, target.url(), next, hostStays);
      target = loop.redirectTarget(next, spec);
    } catch (IllegalArgumentException e) {
      failed("failed to parse Location header: " + NetErrors.text(e));
      return;
    }
    begin();
  }

  /** The request failed. */
  void failed(String reason) {
    failedWith(target.failure(reason));
  }

  private void failedWith(String message) {
    connection = null;
    dial = null;
    active = false;
    loop.stats().failure(message);
    loop.defer(this);
  }

  /** Ends the request if its time is over. */
  void checkTimeout(long now, long timeoutNanos) {
    if (!active || now - start < timeoutNanos) {
      return;
    }
    String where =
        firstByte == 0 ? "while awaiting headers" : "or context cancellation while reading body";
    abandon();
    failed(
        "context deadline exceeded (Client.Timeout "
            + (firstByte == 0 ? "exceeded " : "")
            + where
            + ")");
  }

  /** Lets go of whatever the request waits for. */
  void abandon() {
    HttpConnection on = connection;
    Dial under = dial;
    connection = null;
    dial = null;
    if (on != null) {
      on.cancel(this);
    } else if (under != null) {
      under.abandon(this);
    }
  }

  long start() {
    return start;
  }

  long connectNanos() {
    return connectNanos;
  }

  long dnsNanos() {
    return dnsNanos;
  }

  /** When the request began to be written. */
  long attachedAt() {
    return attached;
  }

  long firstByteAt() {
    return firstByte;
  }
}
