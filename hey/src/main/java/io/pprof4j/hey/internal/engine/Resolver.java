// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks names up beside the event loops, which must not wait. Thread-safe. */
final class Resolver implements AutoCloseable {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Addresses of a name, empty if it has none, and how long the lookup took. */
  record Answer(List<InetAddress> addresses, long nanos, long at) {}

  private final Map<String, Answer> known = new ConcurrentHashMap<>();
  private final ExecutorService lookups =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "hey-resolver");
            thread.setDaemon(true);
            return thread;
          });

  /** Calls back on the loop's thread; at once if the answer is known. */
  void resolve(String host, EventLoop loop, Consumer<Answer> callback) {
    Answer answer = known.get(host);
    if (answer != null && System.nanoTime() - answer.at < FRESH_NANOS) {
      callback.accept(new Answer(answer.addresses, 0, answer.at));
    } else if (isLiteral(host)) {
      Answer found = lookUp(host);
      known.put(host, found);
      callback.accept(new Answer(found.addresses, 0, found.at));
    } else {
      lookups.execute(
          () -> {
            Answer found = lookUp(host);
            if (!found.addresses.isEmpty()) {
              known.put(host, found);
            }
            loop.execute(() -> callback.accept(found));
          });
    }
  }

  private static boolean isLiteral(String host) {
    boolean digits = !host.isEmpty();
    for (int i = 0; i < host.length(); i++) {
      digits &= "0123456789.".indexOf(host.charAt(i)) >= 0;
    }
    return digits || host.indexOf(':') >= 0;
  }

  private static Answer lookUp(String host) {
    long start = System.nanoTime();
    List<InetAddress> addresses;
    try {
      addresses = List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      addresses = List.of();
    }
    long end = System.nanoTime();
    return new Answer(addresses, end - start, end);
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
