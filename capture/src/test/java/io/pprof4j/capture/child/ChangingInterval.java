// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapBucket;
import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Changes the interval again and again while known numbers of objects are allocated. */
public final class ChangingInterval {
  private static final int[] INTERVALS = {4 << 10, 64 << 10, 16 << 10, 128 << 10};
  private static final int ROUNDS = 24;

  private ChangingInterval() {}

  /** Runs the comparison. */
  public static void main(String[] args) throws Exception {
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.defaults().withInterval(INTERVALS[0]).withCpuBudget(0));
    List<Object[]> kept = Sites.keep(new ArrayList<>());
    Sites.Site site = new Sites.Site("bytes1000", Sites::bytes1000, 20_000, 2_000);
    Thread worker =
        new Thread(
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                sampler.setInterval(INTERVALS[round % INTERVALS.length]);
                kept.add(Sites.run(site, 0));
              }
            });
    worker.start();
    worker.join();
    sampler.setInterval(INTERVALS[0]);
    sampler.collect();
    HeapSnapshot snapshot = sampler.snapshot();
    HeapBucket found = Sites.of(snapshot, site.name());
    Verdict verdict = new Verdict();
    long count = (long) site.count() * ROUNDS;
    verdict.objects("allocated", count, found.all().objects(), 1016, 128 << 10);
    verdict.objects("live", (long) site.kept() * ROUNDS, found.live().objects(), 1016, 128 << 10);
    // What a reader of debug=1 makes of the sampled counts: it scales all by one interval.
    double scale = -1 / Math.expm1(-1016.0 / INTERVALS[0]);
    verdict.objects(
        "read from text", count, (long) (found.sampledAll().objects() * scale), 1016, 128 << 10);
    verdict.exit();
  }
}
