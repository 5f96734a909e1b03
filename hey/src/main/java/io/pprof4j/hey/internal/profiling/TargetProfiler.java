// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.profiling;

import io.pprof4j.hey.Hey;
import io.pprof4j.hey.Report;
import io.pprof4j.profile.Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Takes profiles of the target while it is under load, and divides them by the number of requests.
 * What only grows (allocations, blocking) is fetched before and after; CPU is collected in windows
 * during the run, each divided by the requests that ended within it.
 */
public final class TargetProfiler {
  private static final List<String> GROWING = List.of("allocs", "block", "mutex");
  private static final int FIRST_WINDOW_SECONDS = 1;
  private static final int LONGEST_WINDOW_SECONDS = 10;

  private final ProfileFetcher fetcher;
  private final Path directory;
  private final long plannedSeconds;
  private final Map<String, Profile> before = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<Path> saved = new ArrayList<>();
  private final FlatSums cpu = new FlatSums();
  private final CountDownLatch runEnded = new CountDownLatch(1);
  private final CompletableFuture<byte[]> givenUp = new CompletableFuture<>();
  private long cpuRequests;
  private volatile long finalRequests = -1;
  private Optional<Thread> windows = Optional.empty();

  /**
   * Makes a profiler.
   *
   * @param url the target's root or its {@code /debug/pprof}
   * @param directory where profiles are saved; it is made if need be
   * @param plannedNanos how long the run will take, or 0 if that is not known
   * @throws IllegalArgumentException if the URL cannot be used
   */
  public TargetProfiler(String url, Path directory, long plannedNanos) {
    this.fetcher = new ProfileFetcher(url);
    this.directory = directory;
    this.plannedSeconds = TimeUnit.NANOSECONDS.toSeconds(plannedNanos);
  }

  /** Fetches what only grows, just before the first request. */
  public void begin(Hey hey) {
    for (String kind : GROWING) {
      fetch(kind, kind + ".before", 0).ifPresent(profile -> before.put(kind, profile));
    }
    windows = Optional.of(daemon(() -> collectCpu(hey)));
  }

  private Optional<Profile> fetch(String nameAndQuery, String file, int seconds) {
    try {
      byte[] bytes = fetchAside(nameAndQuery, seconds);
      Profile profile = Profile.read(new ByteArrayInputStream(bytes));
      Files.createDirectories(directory);
      Path path = directory.resolve(file + ".pb.gz");
      Files.write(path, bytes);
      synchronized (saved) {
        saved.add(path);
      }
      return Optional.of(profile);
    } catch (IOException e) {
      synchronized (problems) {
        problems.add(nameAndQuery + ": " + e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** Fetches in a thread of its own, since the target may hang, and nobody need wait for it. */
  private byte[] fetchAside(String nameAndQuery, int seconds) throws IOException {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    daemon(
        () -> {
          try {
            answer.complete(fetcher.fetch(nameAndQuery, seconds));
          } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      CompletableFuture.anyOf(answer, givenUp).get();
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException reason ? reason : new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "hey-profiler");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Does not wait for the target any longer, now and in future. For any thread. */
  public void giveUp() {
    givenUp.completeExceptionally(new IOException("given up"));
  }

  private void collectCpu(Hey hey) {
    int seconds = FIRST_WINDOW_SECONDS;
    for (int number = 1; runEnded.getCount() > 0; number++) {
      int window = plannedSeconds > 0 ? (int) Math.min(plannedSeconds, 60) : seconds;
      long first = requests(hey);
      String file = number == 1 ? "cpu" : "cpu." + number;
      Optional<Profile> profile = fetch("profile?seconds=" + window, file, window);
      if (profile.isEmpty()) {
        return;
      }
      int column = FlatSums.column(profile.get(), "cpu");
      if (column >= 0) {
        cpu.add(profile.get(), column, 1);
        cpuRequests += requests(hey) - first;
      }
      if (plannedSeconds > 0 && (long) number * window >= plannedSeconds) {
        return;
      }
      seconds = Math.min(2 * seconds, LONGEST_WINDOW_SECONDS);
    }
  }

  private long requests(Hey hey) {
    long atEnd = finalRequests;
    if (atEnd >= 0) {
      return atEnd;
    }
    try {
      return hey.snapshot().map(Report::requests).orElse(Math.max(0, finalRequests));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /**
   * Waits for the last CPU profile, fetches what grew, and divides.
   *
   * @return the costs of one request, those that are known
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public List<Cost> end(Report report) throws InterruptedException {
    finalRequests = report.requests();
    runEnded.countDown();
    List<Cost> costs = new ArrayList<>();
    Map<String, Profile> after = new LinkedHashMap<>();
    for (String kind : GROWING) {
      fetch(kind, kind, 0).ifPresent(profile -> after.put(kind, profile));
    }
    if (windows.isPresent()) {
      windows.get().join();
    }
    if (cpuRequests > 0) {
      costs.add(cpu.perRequest("CPU", "ns", cpuRequests));
    }
    grown(after, "allocs", "alloc_space", "Allocated", "bytes", report).ifPresent(costs::add);
    grown(after, "allocs", "alloc_objects", "Allocated", "objects", report).ifPresent(costs::add);
    grown(after, "block", "delay", "Blocked", "ns", report).ifPresent(costs::add);
    grown(after, "mutex", "delay", "Kept others waiting", "ns", report).ifPresent(costs::add);
    return costs;
  }

  private Optional<Cost> grown(
      Map<String, Profile> after,
      String kind,
      String type,
      String name,
      String unit,
      Report report) {
    Profile first = before.get(kind);
    Profile last = after.get(kind);
    if (first == null || last == null || FlatSums.column(last, type) < 0) {
      return Optional.empty();
    }
    FlatSums sums = new FlatSums();
    sums.add(last, FlatSums.column(last, type), 1);
    int column = FlatSums.column(first, type);
    if (column >= 0) {
      sums.add(first, column, -1);
    }
    return Optional.of(sums.perRequest(name, unit, report.requests()));
  }

  /** The URL of the endpoint. */
  public String endpoint() {
    return fetcher.base();
  }

  /** The files that were written. */
  public List<Path> saved() {
    synchronized (saved) {
      return List.copyOf(saved);
    }
  }

  /** What could not be fetched, and why. */
  public List<String> problems() {
    synchronized (problems) {
      return List.copyOf(problems);
    }
  }
}
