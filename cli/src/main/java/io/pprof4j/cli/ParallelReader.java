// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Reads several sources at the same time. One that cannot be read does not lose the others. */
final class ParallelReader {
  /** How many sources are read at a time: enough to wait for many servers, as pprof does. */
  private static final int MAX_PARALLEL = 128;

  private final SourceReader reader;
  private final Console console;

  /** What could be read, in the order in which it was asked for. */
  record Result(List<FetchedProfile> sources, List<FetchedProfile> bases) {}

  ParallelReader(SourceReader reader, Console console) {
    this.reader = reader;
    this.console = console;
  }

  /**
   * Reads sources and bases; tells the user which ones failed.
   *
   * @throws CliException if the user interrupts
   */
  Result read(List<String> sources, List<String> bases) throws CliException {
    int count = sources.size() + bases.size();
    if (count == 1) {
      return new Result(readInTurn(sources), readInTurn(bases));
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.min(count, MAX_PARALLEL), this::thread);
    try {
      List<Future<FetchedProfile>> wanted = start(pool, sources);
      List<Future<FetchedProfile>> compared = start(pool, bases);
      return new Result(await(sources, wanted), await(bases, compared));
    } finally {
      shutDown(pool);
    }
  }

  private static void shutDown(ExecutorService pool) throws CliException {
    pool.shutdownNow();
    try {
      // Nothing is left to do but for an interrupted command, whose reads end by themselves.
      pool.awaitTermination(1, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted");
    }
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "pprof-fetch");
    thread.setDaemon(true);
    return thread;
  }

  private List<FetchedProfile> readInTurn(List<String> sources) {
    List<FetchedProfile> fetched = new ArrayList<>();
    for (String source : sources) {
      try {
        fetched.add(reader.read(source));
      } catch (CliException e) {
        console.printError(source + ": " + e.getMessage());
      }
    }
    return fetched;
  }

  private List<Future<FetchedProfile>> start(ExecutorService pool, List<String> sources) {
    List<Future<FetchedProfile>> started = new ArrayList<>();
    for (String source : sources) {
      started.add(pool.submit(() -> reader.read(source)));
    }
    return started;
  }

  private List<FetchedProfile> await(List<String> sources, List<Future<FetchedProfile>> started)
      throws CliException {
    List<FetchedProfile> fetched = new ArrayList<>();
    for (int i = 0; i < started.size(); i++) {
      try {
        fetched.add(started.get(i).get());
      } catch (ExecutionException e) {
        console.printError(sources.get(i) + ": " + failure(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CliException("interrupted");
      }
    }
    return fetched;
  }

  private static String failure(ExecutionException e) {
    if (e.getCause() instanceof CliException told) {
      return String.valueOf(told.getMessage());
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(e.getCause());
  }
}
