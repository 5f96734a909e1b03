// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import io.pprof4j.hey.RequestTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the JVM compile the engine before anything is measured, by requests to a server of its own
 * inside this process. Without it the first requests to the target seem to take a thousand times as
 * long as they do.
 */
public final class EngineWarmup {
  /*
   * Compiling takes processor time, which on a busy machine comes late. So a warm-up goes on until
   * the process has had its share, within bounds of time: at least what two idle processors need.
   * With TLS that is more: until AES-GCM is compiled, a record costs a hundred times what it does
   * afterwards.
   */
  private static final Bounds PLAIN = new Bounds(200, 150, 400);

  private static final Bounds SECURE = new Bounds(500, 1300, 3000);

  /** The fewer threads make requests in the meantime, the more of the processors compiles. */
  private static final int WORKERS = 1;

  private static final int REQUESTS_A_CHECK = 100;
  private static final TlsOptions TRUST_ALL =
      new TlsOptions(false, Optional.empty(), Optional.empty(), Optional.empty());

  private record Bounds(long minMillis, long cpuMillis, long maxMillis) {
    boolean areReached(long startNanos, Duration cpuAtStart) {
      long millis = (System.nanoTime() - startNanos) / 1_000_000;
      return millis >= minMillis && cpu().minus(cpuAtStart).toMillis() >= cpuMillis;
    }
  }

  private EngineWarmup() {}

  /**
   * Warms up for a fifth of a second, or for half of one with TLS; on a busy machine for up to
   * three times as long, or four times with TLS.
   *
   * @param secure whether the run that follows speaks TLS
   * @param stopped whether to end it early
   */
  public static void run(boolean secure, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    Bounds bounds = secure ? SECURE : PLAIN;
    try (WarmupServer server = WarmupServer.start(secure)) {
      RequestSpec spec =
          new RequestSpec("GET", List.of(), Optional.empty(), new byte[0], true, true);
      NetOptions net =
          new NetOptions(
              Protocol.HTTP_1_1, 0, true, true, Proxies.NONE, Optional.empty(), TRUST_ALL);
      LoadPlan plan = new LoadPlan(0, WORKERS, bounds.maxMillis() * 1_000_000, 0, 0, 1);
      Target target = new Target(server.url(), spec, Optional.empty());
      Watch watch = new Watch(bounds, stopped);
      Run run = new Run(plan, net, List.of(target), watch);
      watch.run = run;
      run.run();
    }
  }

  /** What the process has used until now; nothing where the system does not tell. */
  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ofDays(1));
  }

  /** Stops the run when it has gone on for long enough. Called by the run's only thread. */
  private static final class Watch implements Consumer<RequestTimes> {
    private final Bounds bounds;
    private final BooleanSupplier stopped;
    private final long startNanos = System.nanoTime();
    private final Duration cpuAtStart =
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    private @Nullable Run run;
    private int requests;

    Watch(Bounds bounds, BooleanSupplier stopped) {
      this.bounds = bounds;
      this.stopped = stopped;
    }

    @Override
    public void accept(RequestTimes times) {
      if (run == null) {
        return;
      }
      boolean checked = ++requests % REQUESTS_A_CHECK == 0;
      if (stopped.getAsBoolean() || (checked && bounds.areReached(startNanos, cpuAtStart))) {
        run.stop();
      }
    }
  }
}
