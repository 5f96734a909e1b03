// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.labels;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.recordings.EventStream;
import io.pprof4j.jfr.LabelChanges;
import io.pprof4j.profile.Label;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.EventSettings;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/**
 * The labels that threads had when the events of a stream happened. The stream is a second behind
 * the threads but in order, so what it has told of changes so far is what was in force then.
 */
public final class LabelStream {
  private final EventStream stream;
  private final ConcurrentMap<Long, List<Label>> labelsOfThread = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final Set<Object> users = new HashSet<>();
  private boolean isSubscribed;

  /** Labels by the given stream. */
  public LabelStream(EventStream stream) {
    this.stream = stream;
  }

  /** Begins to listen for somebody. */
  public void begin(Object user) throws EngineUnavailableException {
    lock.lock();
    try {
      if (!users.isEmpty()) {
        users.add(user);
        return;
      }
      labelsOfThread.clear();
      if (isSubscribed) {
        stream.change(LabelChangeEvent.NAME, EventSettings::withoutStackTrace);
      } else {
        LabelEvents.tell();
        stream.subscribe(LabelChangeEvent.NAME, this::change, EventSettings::withoutStackTrace);
        stream.subscribe("jdk.ThreadStart", this::inherit, settings -> {});
        stream.subscribe("jdk.ThreadEnd", this::forget, settings -> {});
        isSubscribed = true;
      }
      users.add(user);
      LabelTracker.get().labelsOfPlatformThreads().forEach(labelsOfThread::putIfAbsent);
    } finally {
      lock.unlock();
    }
  }

  /** Stops to listen, unless somebody else does. */
  public void end(Object user) {
    lock.lock();
    try {
      if (users.remove(user) && users.isEmpty()) {
        stream.disable(LabelChangeEvent.NAME);
        labelsOfThread.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  private void change(RecordedEvent event) {
    put(event.getThread(), LabelChanges.decode(event.getString(LabelChanges.AFTER)));
  }

  private void inherit(RecordedEvent event) {
    put(event.getThread("thread"), of(event.getThread("parentThread")));
  }

  private void forget(RecordedEvent event) {
    put(event.getThread("thread"), List.of());
  }

  private void put(@Nullable RecordedThread thread, List<Label> labels) {
    if (thread != null && labels.isEmpty()) {
      labelsOfThread.remove(thread.getJavaThreadId());
    } else if (thread != null) {
      labelsOfThread.put(thread.getJavaThreadId(), labels);
    }
  }

  /** The labels of an event's thread at its time. */
  public List<Label> of(@Nullable RecordedThread thread) {
    return thread == null
        ? List.of()
        : labelsOfThread.getOrDefault(thread.getJavaThreadId(), List.of());
  }
}
