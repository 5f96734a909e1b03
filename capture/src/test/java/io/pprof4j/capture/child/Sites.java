// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapBucket;
import io.pprof4j.capture.HeapSnapshot;
import io.pprof4j.capture.HeapStack;
import java.util.ArrayList;
import java.util.List;

/**
 * Allocation sites whose counts are known. Each is a method of its own, so that it is the leaf of
 * its stacks, and allocates objects of one size.
 */
final class Sites {
  /** Where objects go that die at once; written, so that no compiler removes the allocation. */
  private static final Object[] SINK = new Object[1024];

  /** What is to stay alive until the end. */
  private static final List<Object> KEPT = new ArrayList<>();

  /** A site: how to allocate, how often, and how many of these to keep alive. */
  record Site(String name, Allocation allocation, int count, int kept) {}

  /** Allocates one object. */
  interface Allocation {
    Object allocate();
  }

  /** A pair of references: an object of a class of ours. */
  static final class Pair {
    Object left = SINK;
    Object right = SINK;
  }

  private Sites() {}

  /** Keeps an object alive until the end of the program. */
  static <T> T keep(T object) {
    KEPT.add(object);
    return object;
  }

  static Object plain() {
    return new Object();
  }

  static Object pair() {
    return new Pair();
  }

  static Object bytes100() {
    return new byte[100];
  }

  static Object bytes1000() {
    return new byte[1000];
  }

  static Object longs1000() {
    return new long[1000];
  }

  static Object bytes100000() {
    return new byte[100_000];
  }

  static Object bytes1000000() {
    return new byte[1_000_000];
  }

  static Object bytes2000000() {
    return new byte[2_000_000];
  }

  /** All sites, with about 60 MB a site and thread. */
  static List<Site> all() {
    return List.of(
        new Site("plain", Sites::plain, 3_000_000, 200_000),
        new Site("pair", Sites::pair, 2_000_000, 200_000),
        new Site("bytes100", Sites::bytes100, 400_000, 30_000),
        new Site("bytes1000", Sites::bytes1000, 60_000, 6_000),
        new Site("longs1000", Sites::longs1000, 8_000, 1_000),
        new Site("bytes100000", Sites::bytes100000, 600, 50),
        new Site("bytes2000000", Sites::bytes2000000, 30, 4));
  }

  /** Runs a site on the calling thread; returns what is to stay alive. */
  static Object[] run(Site site, int thread) {
    Object[] kept = new Object[site.kept()];
    int every = site.count() / site.kept();
    int filled = 0;
    for (int i = 0; i < site.count(); i++) {
      Object made = site.allocation().allocate();
      if (i % every == 0 && filled < kept.length) {
        kept[filled++] = made;
      } else {
        SINK[thread * 64] = made;
      }
    }
    SINK[thread * 64] = null;
    return kept;
  }

  /** Runs all sites on several new threads; keeps what is to stay alive. */
  static void runAll(int threads) throws InterruptedException {
    List<Object[]> kept = keep(new ArrayList<>());
    List<Thread> workers = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      workers.add(
          new Thread(
              () -> {
                for (Site site : all()) {
                  Object[] made = run(site, number);
                  synchronized (kept) {
                    kept.add(made);
                  }
                }
              }));
    }
    workers.forEach(Thread::start);
    for (Thread worker : workers) {
      worker.join();
    }
  }

  /** All buckets whose leaf is a site's method, as one. */
  static HeapBucket of(HeapSnapshot snapshot, String site) {
    List<HeapStack> stacks =
        snapshot.stacks().stream()
            .filter(stack -> stack.frames().get(0).method().name().equals(site))
            .filter(
                stack -> stack.frames().get(0).method().className().equals(Sites.class.getName()))
            .toList();
    return new HeapSnapshotTotal(stacks).total();
  }
}
