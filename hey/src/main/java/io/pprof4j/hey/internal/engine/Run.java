// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import io.pprof4j.hey.Report;
import io.pprof4j.hey.RequestTimes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run: starts the loops, ends them, and adds up what they counted. */
public final class Run {
  private final LoadPlan plan;
  private final NetOptions net;
  private final List<Target> targets;
  private final @Nullable Consumer<RequestTimes> sink;
  private final TlsEngines tls;
  private final Resolver resolver = new Resolver();
  private final System.Logger logger = System.getLogger("io.pprof4j.hey");
  private final List<EventLoop> loops = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended;
  private long start;
  private volatile long end = Long.MAX_VALUE;
  private volatile @Nullable Throwable failure;

  /**
   * Prepares a run.
   *
   * @param plan how much load
   * @param net how requests travel
   * @param targets the requests, taken in turn
   * @param sink takes the times of each request; null if nobody wants them
   * @throws IOException if the files of TLS cannot be read
   */
  public Run(
      LoadPlan plan, NetOptions net, List<Target> targets, @Nullable Consumer<RequestTimes> sink)
      throws IOException {
    this.plan = plan;
    this.net = net;
    this.targets = List.copyOf(targets);
    this.sink = sink;
    this.tls = new TlsEngines(net.tls(), net.protocol());
    this.ended = new CountDownLatch(plan.loops());
  }

  /**
   * Makes the load and waits for its end.
   *
   * @return what was measured
   * @throws InterruptedException if the thread is interrupted; the run is stopped then
   */
  public Report run() throws IOException, InterruptedException {
    start = System.nanoTime();
    if (plan.durationNanos() > 0) {
      end = Math.min(end, start + plan.durationNanos());
    }
    for (int loop = 0; loop < plan.loops(); loop++) {
      loops.add(new EventLoop(this, loop));
    }
    try {
      for (EventLoop loop : loops) {
        startThread(loop);
      }
      ended.await();
      return report(System.nanoTime());
    } finally {
      stop();
      ended.await(1, TimeUnit.SECONDS);
      resolver.close();
      for (EventLoop loop : loops) {
        loop.close();
      }
    }
  }

  private void startThread(EventLoop loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (RuntimeException | Error e) {
                failure = e;
              } finally {
                ended.countDown();
              }
            },
            "hey-loop");
    thread.setDaemon(true);
    thread.start();
  }

  private Report report(long now) {
    Throwable broken = failure;
    if (broken != null) {
      throw new IllegalStateException("an event loop broke", broken);
    }
    LoopStats sum = newStats();
    for (EventLoop loop : loops) {
      sum.add(loop.stats());
    }
    return sum.report(now - start);
  }

  /**
   * What was measured until now. For any thread.
   *
   * @return empty if the run has not begun, is over, or does not answer within a second
   */
  public Optional<Report> snapshot() throws InterruptedException {
    CountDownLatch copied = new CountDownLatch(plan.loops());
    if (loops.size() < plan.loops()) {
      return Optional.empty();
    }
    LoopStats sum = newStats();
    for (EventLoop loop : loops) {
      loop.execute(
          () -> {
            synchronized (sum) {
              sum.add(loop.stats());
            }
            copied.countDown();
          });
    }
    boolean complete = copied.await(1, TimeUnit.SECONDS);
    synchronized (sum) {
      return complete ? Optional.of(sum.report(System.nanoTime() - start)) : Optional.empty();
    }
  }

  /** Ends the run now; requests that are under way are given up. For any thread. */
  public void stop() {
    end = Long.MIN_VALUE;
    for (EventLoop loop : loops) {
      loop.wakeUp();
    }
  }

  LoopStats newStats() {
    return new LoopStats(start, plan.isPaced(), sink);
  }

  boolean isOver(long now) {
    return now >= end;
  }

  /** How many requests a worker sends: the remainder goes to the first ones. */
  long budget(int worker) {
    if (plan.durationNanos() > 0) {
      return Long.MAX_VALUE;
    }
    long remainder = plan.requests() % plan.workers();
    return plan.requests() / plan.workers() + (worker < remainder ? 1 : 0);
  }

  Target target(long number) {
    return targets.size() == 1 ? targets.get(0) : targets.get((int) (number % targets.size()));
  }

  LoadPlan plan() {
    return plan;
  }

  NetOptions net() {
    return net;
  }

  TlsEngines tls() {
    return tls;
  }

  Resolver resolver() {
    return resolver;
  }

  System.Logger logger() {
    return logger;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }
}
