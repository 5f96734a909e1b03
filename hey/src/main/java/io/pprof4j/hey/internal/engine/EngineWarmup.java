// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Lets the JVM compile the engine before anything is measured, by requests to a server of its own
 * inside this process. Without it the first requests to the target seem to take a thousand times as
 * long as they do.
 */
public final class EngineWarmup {
  private static final long PLAIN_NANOS = 200_000_000;

  /** Until AES-GCM is compiled, a record costs about a hundred times what it does afterwards. */
  private static final long SECURE_NANOS = 500_000_000;

  private static final int WORKERS = 4;
  private static final TlsOptions TRUST_ALL =
      new TlsOptions(false, Optional.empty(), Optional.empty(), Optional.empty());

  private EngineWarmup() {}

  /**
   * Warms up for a fifth of a second, or for half of one with TLS.
   *
   * @param secure whether the run that follows speaks TLS
   */
  public static void run(boolean secure) throws IOException, InterruptedException {
    try (WarmupServer server = WarmupServer.start(secure)) {
      RequestSpec spec =
          new RequestSpec("GET", List.of(), Optional.empty(), new byte[0], true, true);
      NetOptions net =
          new NetOptions(
              Protocol.HTTP_1_1, 0, true, true, Proxies.NONE, Optional.empty(), TRUST_ALL);
      LoadPlan plan = new LoadPlan(0, WORKERS, secure ? SECURE_NANOS : PLAIN_NANOS, 0, 0, 1);
      Target target = new Target(server.url(), spec, Optional.empty());
      new Run(plan, net, List.of(target), null).run();
    }
  }
}
