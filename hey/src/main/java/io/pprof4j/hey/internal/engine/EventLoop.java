// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread that serves many workers and their connections. */
final class EventLoop implements Runnable, AutoCloseable {
  /*
   * A loop owns everything it touches: workers, connections, counts. Other threads reach it only by
   * execute(). One loop makes more than twice hey's load from one core (docs/performance.md), since
   * a request costs one read, one write and a share of one epoll_wait.
   */
  private static final int BUFFER_BYTES = 64 * 1024;

  private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Run run;
  private final Selector selector;
  private final LoopStats stats;
  private final List<Worker> workers = new ArrayList<>();
  private final Pacer pacer;
  private final Map<Object, ConnectionPool> pools = new HashMap<>();
  private @Nullable Target lastTarget;
  private @Nullable ConnectionPool lastPool;
  private final Map<String, Target> redirectTargets = new HashMap<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final Deque<Worker> deferred = new ArrayDeque<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final byte[] readBytes = new byte[BUFFER_BYTES];
  private final ByteBuffer readArray = ByteBuffer.wrap(readBytes);
  private final TlsBuffers tlsBuffers = new TlsBuffers();
  private final TlsBuffers innerTlsBuffers = new TlsBuffers();
  private int live;
  private long nextSweep;

  EventLoop(Run run, int index) throws IOException {
    this.run = run;
    this.selector = Selector.open();
    this.stats = run.newStats();
    LoadPlan plan = run.plan();
    for (int worker = index; worker < plan.workers(); worker += plan.loops()) {
      workers.add(new Worker(this, worker, plan.workers(), run.budget(worker)));
    }
    this.pacer = pacer(plan, index);
  }

  private Pacer pacer(LoadPlan plan, int index) {
    if (plan.rate() > 0) {
      long end = plan.durationNanos() > 0 ? Long.MAX_VALUE / 2 : plan.requests();
      return new OpenLoopPacer(this, run.start(), plan.rate(), index, plan.loops(), end);
    }
    if (plan.ratePerWorker() > 0) {
      return new WorkerRatePacer(this, run.start(), plan.ratePerWorker());
    }
    return new ClosedLoopPacer(this);
  }

  @Override
  public void run() {
    live = workers.size();
    long now = System.nanoTime();
    nextSweep = now + SWEEP_NANOS;
    deferred.addAll(workers);
    try {
      while (live > 0 && !run.isOver(now)) {
        serveDeferred();
        select(now);
        now = System.nanoTime();
        runTasks();
        pacer.fire(now);
        sweep(now);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    stats.unsent(live > 0 ? pacer.backlog(Math.min(now, run.end())) : 0);
    hangUp();
  }

  private void serveDeferred() {
    for (int count = deferred.size(); count > 0; count--) {
      Worker worker = deferred.pollFirst();
      if (worker != null) {
        pacer.free(worker, System.nanoTime());
      }
    }
    for (Runnable task = later.pollFirst(); task != null; task = later.pollFirst()) {
      task.run();
    }
  }

  private void select(long now) throws IOException {
    if (!deferred.isEmpty() || !later.isEmpty() || live == 0) {
      selector.selectNow(EventLoop::dispatch);
      return;
    }
    long wake = Math.min(pacer.nextDue(), Math.min(run.end(), nextSweep));
    long left = wake - now;
    if (left >= 2 * NANOS_PER_MILLI) {
      selector.select(EventLoop::dispatch, left / NANOS_PER_MILLI - 1);
    } else if (selector.selectNow(EventLoop::dispatch) == 0 && left > 0) {
      // The selector counts in milliseconds; schedules of thousands a second need finer steps.
      LockSupport.parkNanos(Math.min(left, 50_000));
    }
  }

  private static void dispatch(SelectionKey key) {
    ((Link) key.attachment()).ready(key);
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private void sweep(long now) {
    if (now < nextSweep) {
      return;
    }
    nextSweep = now + SWEEP_NANOS;
    long timeout = run.net().timeoutNanos();
    if (timeout > 0) {
      for (Worker worker : workers) {
        worker.checkTimeout(now, timeout);
      }
    }
  }

  private void hangUp() {
    int unfinished = 0;
    for (Worker worker : workers) {
      if (worker.isActive()) {
        unfinished++;
      }
    }
    stats.unfinished(unfinished);
    for (SelectionKey key : selector.keys()) {
      ((Link) key.attachment()).close();
    }
  }

  /** A worker's request is over, and it may have the next one. */
  void free(Worker worker, long now) {
    pacer.free(worker, now);
  }

  /** Like {@link #free}, but not before the loop's next round, so that failures cannot recurse. */
  void defer(Worker worker) {
    deferred.addLast(worker);
  }

  /** A worker will not send anything more. */
  void done() {
    live--;
  }

  /** Runs a task on the loop's thread, before it waits again. For the loop's own thread. */
  void later(Runnable task) {
    later.addLast(task);
  }

  /** Runs a task on the loop's thread. For other threads. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  void wakeUp() {
    selector.wakeup();
  }

  Target target(long number) {
    return run.target(number);
  }

  boolean followsRedirects() {
    return run.net().redirects();
  }

  /** The request that a redirect leads to; those seen before are not encoded again. */
  Target redirectTarget(HttpUrl url, RequestSpec spec) {
    if (redirectTargets.size() > 1000) {
      redirectTargets.clear();
    }
    String key = spec.method() + ' ' + url + ' ' + spec.headers() + spec.host();
    return redirectTargets.computeIfAbsent(
        key, unused -> new Target(url, spec, run.net().proxy().proxyFor(url)));
  }

  ConnectionPool pool(Target target) {
    if (target == lastTarget && lastPool != null) {
      return lastPool;
    }
    List<Object> key = List.of(target.origin(), target.proxy(), target.serverName());
    ConnectionPool pool = pools.computeIfAbsent(key, unused -> new ConnectionPool(this, target));
    lastTarget = target;
    lastPool = pool;
    return pool;
  }

  NetOptions net() {
    return run.net();
  }

  TlsEngines tls() {
    return run.tls();
  }

  Resolver resolver() {
    return run.resolver();
  }

  LoopStats stats() {
    return stats;
  }

  Selector selector() {
    return selector;
  }

  ByteBuffer readBuffer() {
    return readBuffer;
  }

  byte[] readBytes() {
    return readBytes;
  }

  /** A view of {@link #readBytes}. */
  ByteBuffer readArray() {
    return readArray;
  }

  /** For TLS on sockets. */
  TlsBuffers tlsBuffers() {
    return tlsBuffers;
  }

  /** For TLS inside TLS. */
  TlsBuffers innerTlsBuffers() {
    return innerTlsBuffers;
  }

  System.Logger logger() {
    return run.logger();
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }
}
