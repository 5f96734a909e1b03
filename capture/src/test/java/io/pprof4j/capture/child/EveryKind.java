// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.Labels;
import io.pprof4j.capture.ProfileSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes windows of every kind, many times and several at once, while threads allocate, start, wait
 * and set labels; nothing may grow. At one visit of a scraper every 15 seconds a thousand rounds
 * are four hours.
 */
public final class EveryKind {
  private static final List<String> KINDS = List.of("heap", "allocs", "goroutine", "mutex", "wall");

  /** These start a recording of the flight recorder, or wait for its stream: some 0.1 s a round. */
  private static final List<String> RECORDED_KINDS = List.of("profile", "block", "threadcreate");

  /** What a JVM may gain after its first quarter: its own caches fill, code is compiled. */
  private static final long MAX_GROWTH = 12L << 20;

  /** The flight recorder alone takes up to 30 MB of the system's memory now and then. */
  private static final long MAX_RESIDENT_GROWTH = 64L << 20;

  private static volatile boolean isOver;

  private EveryKind() {}

  private record Size(
      long heapBytes, long nativeBytes, long residentBytes, int threads, int files) {
    static Size now() throws Exception {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return new Size(
          runtime.totalMemory() - runtime.freeMemory(),
          HeapSampler.get().statistics().heldBytes(),
          readResident(),
          Thread.getAllStackTraces().size(),
          countFiles());
    }

    private static long readResident() throws IOException {
      Path status = Path.of("/proc/self/status");
      if (!Files.exists(status)) {
        return 0;
      }
      String line =
          Files.readAllLines(status).stream()
              .filter(text -> text.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }

    private static int countFiles() {
      String[] open = new File("/proc/self/fd").list();
      return open == null ? 0 : open.length;
    }
  }

  /** Arguments: rounds of each kind, rounds of those that record. */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    int recorded = Integer.parseInt(args[1]);
    Captures captures = Captures.ofThisJvm();
    captures.prepare();
    captures.rates().setBlockProfileRate(1);
    captures.rates().setMutexProfileFraction(10);
    Thread load = new Thread(EveryKind::work, "load");
    load.start();
    long start = System.nanoTime();
    run(captures, rounds / 4, recorded / 4);
    Size early = Size.now();
    run(captures, rounds - rounds / 4, recorded - recorded / 4);
    Size late = Size.now();
    isOver = true;
    load.join();
    System.out.println(early + "\n" + late + "\n" + (System.nanoTime() - start) / 1e9 + " s");
    Verdict verdict = new Verdict();
    verdict.holds("heap", late.heapBytes() < early.heapBytes() + MAX_GROWTH);
    verdict.holds("sampler", late.nativeBytes() < early.nativeBytes() + (2 << 20));
    verdict.holds("resident", late.residentBytes() < early.residentBytes() + MAX_RESIDENT_GROWTH);
    verdict.holds("threads", late.threads() <= early.threads() + 3);
    verdict.holds("files", late.files() <= early.files() + 5);
    verdict.exit();
  }

  /** Each kind by a thread of its own, so that windows of all kinds overlap. */
  private static void run(Captures captures, int rounds, int recorded) throws Exception {
    List<FutureTask<Void>> tasks = new ArrayList<>();
    KINDS.forEach(kind -> tasks.add(start(captures, kind, rounds)));
    RECORDED_KINDS.forEach(kind -> tasks.add(start(captures, kind, recorded)));
    for (FutureTask<Void> task : tasks) {
      task.get();
    }
  }

  private static FutureTask<Void> start(Captures captures, String kind, int rounds) {
    ProfileSource source = captures.find(kind).orElseThrow();
    FutureTask<Void> task = new FutureTask<>(() -> repeat(source, rounds));
    new Thread(task, kind).start();
    return task;
  }

  private static Void repeat(ProfileSource source, int rounds) throws Exception {
    CaptureRequest window = CaptureRequest.window(Duration.ofMillis(1));
    for (int round = 0; round < rounds; round++) {
      source.capture(window);
      if (round % 10 == 0 && source.abilities().contains(ProfileSource.Ability.TEXT)) {
        source.writeText(CaptureRequest.snapshot(), 1, new StringBuilder());
      }
    }
    return null;
  }

  /** Few threads, since the flight recorder remembers each as long as its file lasts. */
  private static void work() {
    Sites.Site site = new Sites.Site("bytes100", Sites::bytes100, 20_000, 5);
    for (int round = 0; !isOver; round++) {
      Thread thread = new Thread(() -> Sites.run(site, 1), "worker-" + round);
      Labels.of("round", "r" + round % 50).run(thread::start);
      try {
        thread.join();
        Labels.of("turn", "t" + round % 50).run(() -> Sites.run(site, 2));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
