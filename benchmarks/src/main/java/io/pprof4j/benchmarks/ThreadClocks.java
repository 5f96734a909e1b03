// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time of some threads of this process, threads of the JVM itself included, which no bean of
 * the JDK tells. Linux only: elsewhere it is 0.
 */
final class ThreadClocks {
  private static final Path TASKS = Path.of("/proc/self/task");

  private final List<String> prefixes;
  private final Map<Path, Long> first = new HashMap<>();
  private final Map<Path, Long> last = new HashMap<>();

  private ThreadClocks(List<String> prefixes) {
    this.prefixes = prefixes;
  }

  /** Begins to watch threads by how their names begin. */
  static ThreadClocks of(String... prefixes) {
    ThreadClocks clocks = new ThreadClocks(List.of(prefixes));
    clocks.look();
    clocks.first.putAll(clocks.last);
    return clocks;
  }

  /** Notes what the threads have used so far; one that ends afterwards is not forgotten. */
  void look() {
    if (!Files.isDirectory(TASKS)) {
      return;
    }
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        note(task);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(Path task) {
    try {
      String name = Files.readString(task.resolve("comm"), StandardCharsets.UTF_8);
      if (prefixes.stream().anyMatch(name::startsWith)) {
        String times = Files.readString(task.resolve("schedstat"), StandardCharsets.UTF_8);
        last.put(task, Long.parseLong(times.substring(0, times.indexOf(' '))));
      }
    } catch (IOException e) {
      // The thread has ended.
    }
  }

  /** Nanoseconds used since the begin, as far as they were looked at. */
  long nanos() {
    look();
    long sum = 0;
    for (Map.Entry<Path, Long> clock : last.entrySet()) {
      sum += clock.getValue() - first.getOrDefault(clock.getKey(), 0L);
    }
    return sum;
  }
}
