// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapBucket;
import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Allocates known numbers of objects as a JVM's allocation buffers (TLABs) like it least, and
 * compares the sampler's estimates. Up to 24 the JVM samples some of them with another probability
 * than others of their size: their number came out as up to eighty times what it was.
 */
public final class BufferTruth {
  /** What remains of it where all that the library knows are a thread's last two samples. */
  private static final double BIAS = 0.06;

  @SuppressWarnings("UnusedVariable") // written so that the compiler keeps the allocations
  private static volatile Object sink = "";

  private BufferTruth() {}

  /**
   * Runs one comparison.
   *
   * @param args {@code idle}: threads that allocate little between two collections; {@code large}:
   *     objects that no buffer has room for, among small ones
   */
  public static void main(String[] args) throws Exception {
    Verdict verdict = new Verdict();
    if (args[0].equals("idle")) {
      idle(verdict);
    } else {
      large(verdict);
    }
    verdict.exit();
  }

  private static void idle(Verdict verdict) throws Exception {
    int interval = 64 << 10;
    int threads = 50;
    int each = 50;
    int collections = 300;
    HeapSampler sampler = start(interval);
    List<ExecutorService> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(Executors.newSingleThreadExecutor());
    }
    for (int i = 0; i < collections; i++) {
      CountDownLatch done = new CountDownLatch(threads);
      workers.forEach(worker -> worker.execute(() -> allocate(each, done)));
      done.await();
      System.gc();
    }
    workers.forEach(ExecutorService::shutdown);
    compare(verdict, sampler.snapshot(), "bytes100", (long) threads * each * collections, interval);
  }

  private static void allocate(int count, CountDownLatch done) {
    allocate(count);
    done.countDown();
  }

  private static void allocate(int count) {
    for (int i = 0; i < count; i++) {
      sink = Sites.bytes100();
    }
  }

  private static void large(Verdict verdict) throws Exception {
    int interval = 512 << 10;
    int rounds = 3000;
    Random random = new Random(7);
    HeapSampler sampler = start(interval);
    long small = 0;
    for (int i = 0; i < rounds; i++) {
      int count = random.nextInt(4000);
      allocate(count);
      small += count;
      sink = Sites.bytes1000000();
    }
    HeapSnapshot snapshot = sampler.snapshot();
    compare(verdict, snapshot, "bytes100", small, interval);
    compare(verdict, snapshot, "bytes1000000", rounds, interval);
  }

  private static HeapSampler start(int interval) throws Exception {
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.defaults().withInterval(interval).withCpuBudget(0));
    return sampler;
  }

  private static void compare(
      Verdict verdict, HeapSnapshot snapshot, String site, long truth, int interval) {
    HeapBucket found = Sites.of(snapshot, site);
    double size = (double) found.all().bytes() / found.all().objects();
    verdict.objects(site, truth, found.all().objects(), size, interval, BIAS);
  }
}
