// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps what was made last, up to a number of characters. Safe for use by several threads. */
final class ReportCache {
  private final long maxChars;
  private final ReentrantLock lock = new ReentrantLock();

  /* Guarded by the lock: contents by key, and the keys from the oldest to the newest. */
  private final Map<String, Rendered> contents = new HashMap<>();
  private final Deque<String> age = new ArrayDeque<>();
  private long chars;

  ReportCache(long maxChars) {
    this.maxChars = maxChars;
  }

  Optional<Rendered> find(String key) {
    lock.lock();
    try {
      return Optional.ofNullable(contents.get(key));
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a part of a page; the oldest ones make room. One that is too large is not kept. */
  void keep(String key, Rendered rendered) {
    if (rendered.size() > maxChars / 2) {
      return;
    }
    lock.lock();
    try {
      if (contents.put(key, rendered) == null) {
        age.add(key);
        chars += rendered.size();
      }
      while (chars > maxChars) {
        Rendered oldest = contents.remove(age.remove());
        chars -= oldest == null ? 0 : oldest.size();
      }
    } finally {
      lock.unlock();
    }
  }
}
