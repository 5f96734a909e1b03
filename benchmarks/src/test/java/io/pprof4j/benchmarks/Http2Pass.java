// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.pprof4j.hey.Hey;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * What a request costs by HTTP/2 over TLS with hey's own framing, and with Netty's codec. Both are
 * warm, take turns in one JVM and use one thread and the JDK's TLS, so that only the framing
 * differs.
 */
public final class Http2Pass {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Http2Pass() {}

  private interface Load {
    long run(int seconds) throws Exception;
  }

  /** Arguments: URL of an HTTP/2 server with TLS; workers; rounds; seconds of a turn. */
  public static void main(String[] arguments) throws Exception {
    URI url = URI.create(arguments[0]);
    int workers = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    Load own = turn -> own(url, workers, turn);
    Load netty = turn -> NettyLoad.run(url, workers, turn);
    own.run(seconds);
    netty.run(seconds);
    for (int round = 0; round < rounds; round++) {
      measure("own", own, seconds);
      measure("netty", netty, seconds);
    }
  }

  private static long own(URI url, int workers, int seconds) throws Exception {
    return Hey.builder()
        .url(url.toString())
        .http2()
        .threads(1)
        .workers(workers)
        .duration(Duration.ofSeconds(seconds))
        .build()
        .run()
        .successes();
  }

  private static void measure(String name, Load load, int seconds) throws Exception {
    long cpu = SYSTEM.getProcessCpuTime();
    long requests = load.run(seconds);
    double micros = (SYSTEM.getProcessCpuTime() - cpu) / 1000.0 / Math.max(1, requests);
    System.out.printf(
        Locale.ROOT,
        "%-6s %8d requests/s %7.2f µs CPU a request%n",
        name,
        requests / seconds,
        micros);
  }
}
