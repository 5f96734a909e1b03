// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that stops for a moment must not look as if only a few requests were slow. */
@Timeout(60)
class StallTest {
  private static final double STALL_SECONDS = 1;
  private static final double RUN_SECONDS = 3;
  private static final int RATE = 1000;

  @Test
  void aStallOfTheServerShowsInAllRequestsThatWereDueMeanwhile() throws Exception {
    byte[] response = TestServer.response(200, "x");
    AtomicLong firstRequest = new AtomicLong();
    CountDownLatch never = new CountDownLatch(1);
    TestServer.Handler stalling =
        request -> {
          firstRequest.compareAndSet(0, System.nanoTime());
          double second = (System.nanoTime() - firstRequest.get()) / 1e9;
          if (second >= 1 && second < 1 + STALL_SECONDS) {
            never.await((long) ((1 + STALL_SECONDS - second) * 1e9), TimeUnit.NANOSECONDS);
          }
          return response;
        };
    try (TestServer server = TestServer.start(stalling)) {
      Hey hey =
          Hey.builder()
              .url(server.url())
              .rate(RATE)
              .requests((long) (RATE * RUN_SECONDS))
              .workers(20)
              .build();
      hey.warmUpEngine();

      Report report = hey.run();

      LatencyHistogram response0 = report.response().orElseThrow();
      assertThat(report.requests()).isEqualTo((long) (RATE * RUN_SECONDS));
      assertThat(report.total()).isGreaterThan(Duration.ofMillis(2990));
      for (double percentile : new double[] {90, 95, 99, 100}) {
        assertThat(response0.percentileNanos(percentile) / 1e9)
            .as("p%s", percentile)
            .isCloseTo(truth(percentile), within(0.06));
      }
      // The same stall as seen by those who count from sending: only twenty slow requests.
      assertThat(report.service().percentileNanos(90) / 1e9).isLessThan(0.3);
    }
  }

  /**
   * Requests due during the stall wait for its end: their times are spread evenly from 0 to its
   * length. All others take next to nothing.
   */
  private static double truth(double percentile) {
    double slower = (100 - percentile) / 100 * RUN_SECONDS;
    return Math.max(0, STALL_SECONDS - slower);
  }
}
