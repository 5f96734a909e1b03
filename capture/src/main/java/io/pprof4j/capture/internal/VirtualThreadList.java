// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the virtual threads of this JVM, by the tree of thread containers that the JDK keeps for
 * its own thread dump (jdk.internal.vm.ThreadContainers, since 21).
 */
final class VirtualThreadList {
  private static final Thread[] NONE = {};

  private record Handles(MethodHandle root, MethodHandle threads, MethodHandle children) {}

  private final @Nullable Handles handles;
  private final boolean isOld;

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

  /** Whether all virtual threads can be listed, or there can be none. */
  boolean isKnown() {
    return handles != null || isOld;
  }

  /** The virtual threads that are alive; none if they cannot be listed. */
  Thread[] list() {
    if (handles == null) {
      return NONE;
    }
    try {
      Stream.Builder<Thread> found = Stream.builder();
      Deque<Object> containers = new ArrayDeque<>();
      containers.add(handles.root().invoke());
      while (!containers.isEmpty()) {
        Object container = containers.remove();
        Stream<?> threads = (Stream<?>) handles.threads().invoke(container);
        threads.map(Thread.class::cast).filter(VirtualThreads::isVirtual).forEach(found);
        Stream<?> children = (Stream<?>) handles.children().invoke(container);
        children.forEach(containers::add);
      }
      return found.build().toArray(Thread[]::new);
    } catch (Throwable e) {
      // The tree is the JDK's own; whatever it throws, the platform threads are still shown.
      return NONE;
    }
  }
}
