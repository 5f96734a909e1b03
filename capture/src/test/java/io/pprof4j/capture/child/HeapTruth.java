// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapBucket;
import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapSnapshot;

/** Allocates known numbers of objects, keeps some alive, and compares the sampler's estimates. */
public final class HeapTruth {
  private static final int INTERVAL = 16 << 10;
  private static final int THREADS = 2;

  private HeapTruth() {}

  /** Runs the comparison. */
  public static void main(String[] args) throws Exception {
    HeapSampler sampler = HeapSampler.get();
    long before = allocatedByJvm();
    sampler.start(HeapOptions.defaults().withInterval(INTERVAL).withCpuBudget(0));
    Sites.runAll(THREADS);
    long after = allocatedByJvm();
    sampler.collect();
    HeapSnapshot snapshot = sampler.snapshot();
    System.out.println(snapshot.statistics());
    Verdict verdict = new Verdict();
    Sites.all().forEach(site -> compare(verdict, snapshot, site));
    verdict.share("alloc_space", after - before, snapshot.total().all().bytes(), 0.05);
    verdict.holds("nothing lost", snapshot.statistics().lost() == 0);
    verdict.holds("no stack taken for another", snapshot.statistics().mistaken() == 0);
    verdict.exit();
  }

  private static void compare(Verdict verdict, HeapSnapshot snapshot, Sites.Site site) {
    HeapBucket found = Sites.of(snapshot, site.name());
    double size = (double) found.all().bytes() / found.all().objects();
    long count = (long) site.count() * THREADS;
    long kept = (long) site.kept() * THREADS;
    verdict.objects(site.name() + " allocated", count, found.all().objects(), size, INTERVAL);
    verdict.objects(site.name() + " live", kept, found.live().objects(), size, INTERVAL);
  }

  /** By reflection: our module does not read java.management, and the method is newer than 17. */
  private static long allocatedByJvm() throws ReflectiveOperationException {
    Object bean =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
    return (Long) type.getMethod("getTotalThreadAllocatedBytes").invoke(bean);
  }
}
