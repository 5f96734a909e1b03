// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import com.sun.net.httpserver.HttpServer;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one thread by which a server of the JDK takes connections and requests. It does not outlive
 * that the heap is full for a moment, and the server then hangs for good, though its application
 * goes on: when a heap profile is wanted most. So it is started again.
 */
final class Dispatcher {
  private static final String NAME = "HTTP-Dispatcher";

  private final HttpServer server;
  private @Nullable Thread thread;

  private Dispatcher(HttpServer server, @Nullable Thread thread) {
    this.server = server;
    this.thread = thread;
  }

  /** Starts a server, whose thread is a daemon if the calling one is. */
  static Dispatcher start(HttpServer server) {
    Set<Thread> before = ofGroup();
    server.start();
    return new Dispatcher(server, started(before));
  }

  /** The thread that was added; null if none has its name, as in other versions of the JDK. */
  private static @Nullable Thread started(Set<Thread> before) {
    return ofGroup().stream()
        .filter(thread -> thread.getName().equals(NAME) && !before.contains(thread))
        .findFirst()
        .orElse(null);
  }

  /** The threads of the group in which those are that the calling thread starts. */
  private static Set<Thread> ofGroup() {
    ThreadGroup group = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    Thread[] threads = new Thread[2 * group.activeCount() + 16];
    int count = group.enumerate(threads, false);
    return new HashSet<>(Arrays.asList(threads).subList(0, count));
  }

  /** Runs the work of the thread on another one if it has ended. */
  void ensureAlive() {
    if (thread == null || thread.isAlive()) {
      return;
    }
    try {
      Thread next = Vigil.daemon(work(), NAME);
      next.start();
      thread = next;
    } catch (ReflectiveOperationException | RuntimeException e) {
      thread = null;
      System.getLogger(Dispatcher.class.getName())
          .log(
              Level.WARNING,
              "pprof4j: the listener ended when the heap was full: {0}; -javaagent, or"
                  + " --add-opens jdk.httpserver/sun.net.httpserver=ALL-UNNAMED, lets it go on",
              e.getMessage());
    }
  }

  /** The agent has opened the package. There is no other way to the work than by its field. */
  private Runnable work() throws ReflectiveOperationException {
    Object inner = read(server, "server");
    return (Runnable) read(inner, "dispatcher");
  }

  private static Object read(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return Objects.requireNonNull(field.get(owner), name);
  }
}
