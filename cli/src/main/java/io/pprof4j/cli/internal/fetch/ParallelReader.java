// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Reads several sources at the same time, and combines them in their order while they come in. One
 * that cannot be read does not lose the others.
 */
final class ParallelReader {
  /** How many sources are read at a time: enough to wait for many servers, as pprof does. */
  private static final int MAX_PARALLEL = 128;

  private final SourceReader reader;
  private final Console console;

  /** Sources and bases, each of them combined. */
  record Result(CombinedSources sources, CombinedSources bases) {}

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
    Result result = new Result(new CombinedSources(), new CombinedSources());
    List<String> all = new ArrayList<>(sources);
    all.addAll(bases);
    if (all.size() == 1) {
      CombinedSources target = sources.isEmpty() ? result.bases() : result.sources();
      readAlone(all.get(0), target);
      return result;
    }
    int parallel = parallel(all);
    ExecutorService pool = Executors.newFixedThreadPool(parallel, this::thread);
    try {
      // As many are read ahead as keep the threads at work while some are combined. There are not
      // more, so that memory does not grow with the number.
      int ahead = parallel + Runtime.getRuntime().availableProcessors();
      ArrayDeque<Future<FetchedProfile>> started = new ArrayDeque<>();
      int next = 0;
      for (int at = 0; at < all.size(); at++) {
        for (; next < all.size() && started.size() <= ahead; next++) {
          String source = all.get(next);
          started.add(pool.submit(() -> reader.read(source)));
        }
        await(
            all.get(at), started.remove(), at < sources.size() ? result.sources() : result.bases());
      }
      return result;
    } finally {
      shutDown(pool);
    }
  }

  /** Files keep processors busy; servers are waited for. */
  private int parallel(List<String> sources) {
    int wanted = areFiles(sources) ? Runtime.getRuntime().availableProcessors() : MAX_PARALLEL;
    return Math.min(sources.size(), wanted);
  }

  /** Not by a stream, the first of which costs a JVM several milliseconds. */
  private boolean areFiles(List<String> sources) {
    for (String source : sources) {
      if (!reader.isFile(source)) {
        return false;
      }
    }
    return true;
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

  private void readAlone(String source, CombinedSources target) {
    try {
      target.add(reader.read(source));
    } catch (CliException e) {
      console.printError(source + ": " + e.getMessage());
    }
  }

  private void await(String source, Future<FetchedProfile> started, CombinedSources target)
      throws CliException {
    try {
      target.add(started.get());
    } catch (ExecutionException e) {
      console.printError(source + ": " + failure(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted");
    }
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
