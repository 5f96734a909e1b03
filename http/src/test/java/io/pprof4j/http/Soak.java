// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import io.pprof4j.capture.Captures;
import io.pprof4j.capture.Labels;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks every route again and again, several clients at once, while the JVM allocates, starts
 * threads, waits and sets labels; nothing may grow. A scraper that visits eight routes every 15
 * seconds asks 1,920 times an hour.
 */
final class Soak {
  private static final String ROOT = "/debug/pprof/";

  /** Answered at once; %d is the number of the round. */
  private static final List<String> QUICK =
      List.of(
          "",
          "cmdline",
          "heap",
          "heap?debug=1",
          "allocs",
          "allocs?debug=1",
          "goroutine",
          "threads?debug=1",
          "goroutine?debug=2",
          "mutex?debug=1",
          "symbol?0x%d",
          "delta_heap?client=client%d",
          "delta_mutex",
          "heap?seconds=x",
          "nosuch%d");

  /** These wait for a window, or for the flight recorder to write. */
  private static final List<String> SLOW =
      List.of(
          "profile?seconds=1",
          "cpu?seconds=1&hz=250",
          "wall?seconds=1",
          "fgprof?seconds=1",
          "heap?seconds=1",
          "allocs?seconds=1",
          "goroutine?seconds=1",
          "mutex?seconds=1",
          "block?seconds=1",
          "block?debug=1",
          "threadcreate?debug=1",
          "delta_block",
          "heap?gc=1",
          "trace?seconds=0.1",
          "flightrecorder?seconds=2");

  private static final int QUICK_CLIENTS = 3;

  /** What a JVM may gain after its first quarter: its own caches fill, code is compiled. */
  private static final long MAX_GROWTH = 12L << 20;

  /** The flight recorder alone takes up to 30 MB of the system's memory now and then. */
  private static final long MAX_RESIDENT_GROWTH = 64L << 20;

  private static volatile boolean isOver;

  private final HttpTalk talk;

  private Soak(InetSocketAddress address) {
    talk = new HttpTalk(address);
  }

  private record Size(long heapBytes, long residentBytes, int threads, int files) {
    static Size now() throws IOException {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return new Size(
          runtime.totalMemory() - runtime.freeMemory(),
          readResident(),
          Thread.getAllStackTraces().size(),
          countFiles());
    }

    private static long readResident() throws IOException {
      Path status = Path.of("/proc/self/status");
      if (!Files.exists(status)) {
        return 0;
      }
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
      return 0;
    }

    private static int countFiles() {
      String[] open = new File("/proc/self/fd").list();
      return open == null ? 0 : open.length;
    }
  }

  /** Arguments: rounds over the quick routes for each client, rounds over the slow ones. */
  public static void main(String[] args) throws Exception {
    int quick = Integer.parseInt(args[0]);
    int slow = Integer.parseInt(args[1]);
    PprofOptions options =
        PprofOptions.defaults().withGcInterval(Duration.ZERO).withMaxCollections(64);
    Captures.ofThisJvm().rates().setBlockProfileRate(1);
    Captures.ofThisJvm().rates().setMutexProfileFraction(10);
    Thread load = new Thread(Soak::work, "load");
    load.start();
    try (PprofServer server = Pprof.listen("localhost:0", options)) {
      Soak soak = new Soak(server.address());
      long requests = soak.run((quick + 3) / 4, (slow + 3) / 4);
      Size early = Size.now();
      requests += soak.run(quick - (quick + 3) / 4, slow - (slow + 3) / 4);
      Size late = Size.now();
      System.out.println(requests + " requests\n" + early + "\n" + late);
      isOver = true;
      load.join();
      requireNoGrowth(early, late);
    }
    System.exit(0);
  }

  private static void requireNoGrowth(Size early, Size late) {
    boolean hasGrown =
        late.heapBytes() > early.heapBytes() + MAX_GROWTH
            || late.residentBytes() > early.residentBytes() + MAX_RESIDENT_GROWTH
            || late.threads() > early.threads() + 3
            || late.files() > early.files() + 5;
    System.out.println(hasGrown ? "GROWN" : "steady");
  }

  private long run(int quick, int slow) throws Exception {
    List<FutureTask<Long>> clients = new ArrayList<>();
    for (int client = 0; client < QUICK_CLIENTS; client++) {
      clients.add(new FutureTask<>(() -> ask(QUICK, quick)));
    }
    for (String route : SLOW) {
      clients.add(new FutureTask<>(() -> ask(List.of(route), slow)));
    }
    clients.forEach(client -> new Thread(client, "client").start());
    long requests = 0;
    for (FutureTask<Long> client : clients) {
      requests += client.get();
    }
    return requests;
  }

  private long ask(List<String> routes, int rounds) throws IOException {
    long requests = 0;
    for (int round = 0; round < rounds; round++) {
      for (String route : routes) {
        HttpTalk.Answer answer = talk.get(ROOT + route.replace("%d", Integer.toString(round)));
        int expected = route.startsWith("nosuch") ? 404 : route.endsWith("=x") ? 400 : 200;
        if (answer.status() != expected) {
          throw new IllegalStateException(route + ": " + answer.status() + " " + answer.text());
        }
        requests++;
      }
    }
    return requests;
  }

  /** Few threads, since the flight recorder remembers each as long as its file lasts. */
  private static void work() {
    byte[][] alive = new byte[200][];
    Object monitor = new Object();
    for (int round = 0; !isOver; round++) {
      int turn = round;
      Runnable step =
          () -> {
            synchronized (monitor) {
              for (int i = 0; i < 5_000; i++) {
                alive[(turn + i) % alive.length] = new byte[100 + i % 1000];
              }
            }
          };
      Thread worker = new Thread(step, "worker-" + round % 50);
      Labels.of("round", "r" + round % 50).run(worker::start);
      step.run();
      try {
        worker.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }
}
