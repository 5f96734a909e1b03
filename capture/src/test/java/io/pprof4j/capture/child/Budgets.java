// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapBucket;
import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapStatistics;
import java.util.ArrayList;
import java.util.List;

/** Exceeds a budget on purpose: the interval must rise, and the estimates stay right. */
public final class Budgets {
  private static final Sites.Site SITE = new Sites.Site("bytes100", Sites::bytes100, 20_000, 2_000);

  private Budgets() {}

  /** Runs with the argument {@code cpu} or {@code memory}. */
  public static void main(String[] args) throws Exception {
    boolean isCpu = args[0].equals("cpu");
    HeapSampler sampler = HeapSampler.get();
    HeapOptions options = HeapOptions.defaults().withInterval(1024);
    sampler.start(
        isCpu
            ? options.withCpuBudget(0.01)
            : options.withCpuBudget(0).withInterval(1).withMemoryBudget(1 << 20));
    List<Object[]> kept = Sites.keep(new ArrayList<>());
    long[] rounds = new long[1];
    Thread worker =
        new Thread(
            () -> {
              while (raised(sampler, isCpu) < (isCpu ? 1 : 2) || rounds[0] < 50) {
                kept.add(Sites.run(SITE, 0));
                rounds[0]++;
              }
            });
    worker.start();
    worker.join();
    sampler.collect();
    HeapStatistics statistics = sampler.snapshot().statistics();
    System.out.println(statistics);
    HeapBucket found = Sites.of(sampler.snapshot(), SITE.name());
    Verdict verdict = new Verdict();
    verdict.holds("interval raised", statistics.interval() > statistics.wishedInterval());
    // Thinning makes samples of live objects stand for more than the interval does.
    double thinned = isCpu ? 1 : 1L << statistics.raisedForMemory();
    double interval = Math.max((double) statistics.interval(), 120 * thinned);
    verdict.objects("allocated", rounds[0] * SITE.count(), found.all().objects(), 120, interval);
    verdict.objects(
        "live", rounds[0] * SITE.kept(), found.live().objects(), 120, interval * thinned);
    verdict.exit();
  }

  private static long raised(HeapSampler sampler, boolean isCpu) {
    HeapStatistics statistics = sampler.statistics();
    return isCpu ? statistics.raisedForCpu() : statistics.raisedForMemory();
  }
}
