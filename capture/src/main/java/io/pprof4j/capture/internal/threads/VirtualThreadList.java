// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.internal.VirtualThreads;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the virtual threads of this JVM, by the tree of thread containers that the JDK keeps for
 * its own thread dump (jdk.internal.vm.ThreadContainers, since 21).
 */
final class VirtualThreadList {
  private record Handles(MethodHandle root, MethodHandle threads, MethodHandle children) {}

  private final @Nullable Handles handles;
  private final boolean isOld;

  /** How many there were the last time, so that a list of very many need not grow. */
  private volatile int lastCount;

  private VirtualThreadList(@Nullable Handles handles) {
    this.handles = handles;
    this.isOld = Runtime.version().feature() < 21;
  }

  /** Finds the tree with a lookup that may see it. */
  static VirtualThreadList find(MethodHandles.Lookup trusted) {
    try {
      Class<?> containers = trusted.findClass("jdk.internal.vm.ThreadContainers");
      Class<?> container = trusted.findClass("jdk.internal.vm.ThreadContainer");
      MethodType stream = MethodType.methodType(Stream.class);
      return new VirtualThreadList(
          new Handles(
              trusted.findStatic(containers, "root", MethodType.methodType(container)),
              trusted.findVirtual(container, "threads", stream),
              trusted.findVirtual(container, "children", stream)));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return new VirtualThreadList(null); // older than 21, or the JDK has changed
    }
  }

  private static void add(Object thread, List<Thread> found) {
    if (thread instanceof Thread listed && VirtualThreads.isVirtual(listed)) {
      found.add(listed);
    }
  }

  /** Whether all virtual threads can be listed, or there can be none. */
  boolean isKnown() {
    return handles != null || isOld;
  }

  /** The virtual threads that are alive; none if they cannot be listed. */
  List<Thread> list() {
    if (handles == null) {
      return List.of();
    }
    try {
      List<Thread> found = new ArrayList<>(lastCount + lastCount / 8);
      Deque<Object> containers = new ArrayDeque<>();
      containers.add(handles.root().invoke());
      while (!containers.isEmpty()) {
        Object container = containers.remove();
        ((Stream<?>) handles.threads().invoke(container)).forEach(thread -> add(thread, found));
        ((Stream<?>) handles.children().invoke(container)).forEach(containers::add);
      }
      lastCount = found.size();
      return found;
    } catch (Throwable e) {
      // The tree is the JDK's own; whatever it throws, the platform threads are still shown.
      return List.of();
    }
  }
}
