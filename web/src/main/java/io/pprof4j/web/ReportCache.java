// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/**
 * Keeps what was made last, up to a size. Safe for use by several threads.
 *
 * @param <T> what is kept
 */
final class ReportCache<T> {
  private final long maxSize;
  private final ToLongFunction<T> sizes;
  private final ReentrantLock lock = new ReentrantLock();

  /* Guarded by the lock: contents by key, and the keys from the oldest to the newest. */
  private final Map<String, T> contents = new HashMap<>();
  private final Deque<String> age = new ArrayDeque<>();
  private long size;

  /**
   * Makes an empty cache.
   *
   * @param sizes tells the size of what is kept, in the unit of {@code maxSize}
   */
  ReportCache(long maxSize, ToLongFunction<T> sizes) {
    this.maxSize = maxSize;
    this.sizes = sizes;
  }

  Optional<T> find(String key) {
    lock.lock();
    try {
      return Optional.ofNullable(contents.get(key));
    } finally {
      lock.unlock();
    }
  }

  /** Keeps something; the oldest ones make room. What is too large is not kept. */
  void keep(String key, T content) {
    if (sizes.applyAsLong(content) > maxSize / 2) {
      return;
    }
    lock.lock();
    try {
      if (contents.putIfAbsent(key, content) == null) {
        age.add(key);
        size += sizes.applyAsLong(content);
      }
      while (size > maxSize) {
        T oldest = contents.remove(age.remove());
        size -= oldest == null ? 0 : sizes.applyAsLong(oldest);
      }
    } finally {
      lock.unlock();
    }
  }
}
