// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import io.pprof4j.hey.internal.engine.EngineWarmup;
import io.pprof4j.hey.internal.engine.LoadPlan;
import io.pprof4j.hey.internal.engine.NetOptions;
import io.pprof4j.hey.internal.engine.Run;
import io.pprof4j.hey.internal.engine.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * An HTTP load generator.
 *
 * <pre>{@code
 * Report report =
 *     Hey.builder().url("http://localhost:4000/sendjson").requests(10_000).workers(8).build().run();
 * assertThat(report.service().percentileNanos(99)).isLessThan(5_000_000);
 * }</pre>
 *
 * <p>A value of this class may run any number of times, one after the other, until it is stopped.
 */
public final class Hey {
  private final LoadPlan plan;
  private final long warmupNanos;
  private final NetOptions net;
  private final List<Target> targets;
  private final Optional<Consumer<RequestTimes>> eachRequest;
  private final Optional<Consumer<Hey>> beforeMeasuring;
  private final AtomicReference<Optional<Run>> current = new AtomicReference<>(Optional.empty());
  private volatile boolean stopped;

  Hey(
      LoadPlan plan,
      long warmupNanos,
      NetOptions net,
      List<Target> targets,
      Optional<Consumer<RequestTimes>> eachRequest,
      Optional<Consumer<Hey>> beforeMeasuring) {
    this.plan = plan;
    this.warmupNanos = warmupNanos;
    this.net = net;
    this.targets = targets;
    this.eachRequest = eachRequest;
    this.beforeMeasuring = beforeMeasuring;
  }

  /** Starts the description of a run. */
  public static HeyBuilder builder() {
    return new HeyBuilder();
  }

  /**
   * Makes the load and waits for its end. If there is to be a warm-up it comes first, on
   * connections of its own, and is not measured.
   *
   * @return what was measured
   * @throws IOException if the files of the TLS options cannot be used. Failed requests are part of
   *     the report and throw nothing
   * @throws InterruptedException if the thread is interrupted; the run is stopped then
   */
  public Report run() throws IOException, InterruptedException {
    if (warmupNanos > 0) {
      LoadPlan warmup =
          new LoadPlan(
              0, plan.workers(), warmupNanos, plan.ratePerWorker(), plan.rate(), plan.loops());
      run(new Run(warmup, net, targets, null));
    }
    if (!stopped) {
      beforeMeasuring.ifPresent(action -> action.accept(this));
    }
    return run(new Run(plan, net, targets, eachRequest.orElse(null)));
  }

  /**
   * Lets the JVM compile the engine, by requests to a server inside this process, so that the first
   * requests of {@link #run} are not slower than the others. Takes a fifth of a second, half of one
   * for TLS, and longer on a busy machine; {@link #stop} ends it. The command does it always.
   */
  public void warmUpEngine() throws IOException, InterruptedException {
    boolean secure = targets.stream().anyMatch(target -> target.origin().secure());
    EngineWarmup.run(secure, () -> stopped);
  }

  private Report run(Run run) throws IOException, InterruptedException {
    current.set(Optional.of(run));
    if (stopped) {
      run.stop();
    }
    return run.run();
  }

  /**
   * Ends the run at once, and every later one before its first request; requests that are under way
   * are given up. For any thread.
   */
  public void stop() {
    stopped = true;
    current.get().ifPresent(Run::stop);
  }

  /**
   * What was measured until now, while {@link #run} is running. For any thread.
   *
   * @return empty if nothing is running
   */
  public Optional<Report> snapshot() throws InterruptedException {
    Optional<Run> run = current.get();
    return run.isPresent() ? run.get().snapshot() : Optional.empty();
  }
}
