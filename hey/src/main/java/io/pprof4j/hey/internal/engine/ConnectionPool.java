// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The connections of one loop to one origin (through one proxy). */
final class ConnectionPool {
  private final EventLoop loop;
  private final Origin origin;
  private final Optional<HttpUrl> proxy;
  private final String serverName;
  private boolean multiplexed;
  private int dialing;
  private final Deque<HttpConnection> idle = new ArrayDeque<>();
  private final List<HttpConnection> shared = new ArrayList<>();
  private final Deque<Worker> waiting = new ArrayDeque<>();

  ConnectionPool(EventLoop loop, Target first) {
    this.loop = loop;
    this.origin = first.origin();
    this.proxy = first.proxy();
    this.serverName = first.serverName();
    this.multiplexed =
        switch (loop.net().protocol()) {
          case HTTP_1_1 -> false;
          case HTTP_2_NEGOTIATED -> origin.secure();
          case HTTP_2_PRIOR_KNOWLEDGE -> true;
        };
  }

  EventLoop loop() {
    return loop;
  }

  Origin origin() {
    return origin;
  }

  Optional<HttpUrl> proxy() {
    return proxy;
  }

  String serverName() {
    return serverName;
  }

  /** The other end, for messages. */
  String peer() {
    return origin.hostPort();
  }

  /** Finds or makes a connection for the worker's request. */
  void acquire(Worker worker) {
    HttpConnection free = idle.pollLast();
    if (free != null) {
      free.send(worker);
      return;
    }
    for (HttpConnection connection : shared) {
      if (connection.hasRoom()) {
        connection.send(worker);
        return;
      }
    }
    if (!multiplexed || dialing == 0) {
      dial(worker);
    } else {
      // One connection will probably do for all.
      worker.waits();
      waiting.addLast(worker);
    }
  }

  private void dial(Worker worker) {
    dialing++;
    Dial dial = new Dial(this, worker);
    worker.waitsFor(dial);
    dial.start();
  }

  /** A connection was made; its worker may have lost patience. */
  void dialed(HttpConnection connection, Optional<Worker> worker, boolean sharable) {
    dialing--;
    multiplexed &= sharable;
    if (sharable) {
      shared.add(connection);
    }
    worker.ifPresent(connection::send);
    if (worker.isEmpty() && !sharable) {
      idle.addLast(connection);
    }
    serveWaiting();
  }

  /** Serves those who wait, by the connections there are or by new ones. */
  void serveWaiting() {
    int count = waiting.size();
    for (int i = 0; i < count; i++) {
      Worker next = waiting.pollFirst();
      if (next != null && next.isActive()) {
        acquire(next);
      }
    }
  }

  /** A connection could not be made: those who waited for it fail, too. */
  void dialFailed(Optional<Worker> worker, String reason) {
    dialing--;
    List<Worker> all = new ArrayList<>();
    worker.ifPresent(all::add);
    if (multiplexed) {
      all.addAll(waiting);
      waiting.clear();
    }
    for (Worker failed : all) {
      if (failed.isActive()) {
        failed.failed(reason);
      }
    }
  }

  /** A dial was given up. */
  void dialAbandoned() {
    dialing--;
    serveWaiting();
  }

  /** A connection is free for the next request. */
  void release(HttpConnection connection) {
    idle.addLast(connection);
  }

  /** A connection is closed. */
  void forget(HttpConnection connection) {
    idle.remove(connection);
    shared.remove(connection);
  }
}
