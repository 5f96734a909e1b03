// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.labels;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.NativeSampler;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * The values of an inheritable thread-local in other threads: what a thread inherited when it was
 * made and never set itself. Reads the JDK's own tables without changing them, which takes the
 * native library's lookup; without it nothing is found.
 */
public final class InheritedLabels {
  private static final @Nullable InheritedLabels JVM = find();

  private final MethodHandle mapOfThread;
  private final MethodHandle tableOfMap;
  private final MethodHandle valueOfEntry;

  private InheritedLabels(MethodHandles.Lookup trusted) throws ReflectiveOperationException {
    Class<?> map = trusted.findClass("java.lang.ThreadLocal$ThreadLocalMap");
    Class<?> entry = trusted.findClass("java.lang.ThreadLocal$ThreadLocalMap$Entry");
    mapOfThread = trusted.findGetter(Thread.class, "inheritableThreadLocals", map);
    tableOfMap = trusted.findGetter(map, "table", entry.arrayType());
    valueOfEntry = trusted.findGetter(entry, "value", Object.class);
  }

  private static @Nullable InheritedLabels find() {
    try {
      return new InheritedLabels(NativeSampler.get().trustedLookup());
    } catch (EngineUnavailableException | ReflectiveOperationException | RuntimeException e) {
      return null; // no library, or the JDK has changed
    }
  }

  /** The value that a thread has for a thread-local; null if it has none or nobody can tell. */
  public static @Nullable Object of(Thread thread, ThreadLocal<?> local) {
    if (JVM == null) {
      return null;
    }
    try {
      return JVM.read(thread, local);
    } catch (Throwable e) {
      return null; // the thread changes its table meanwhile
    }
  }

  private @Nullable Object read(Thread thread, ThreadLocal<?> local) throws Throwable {
    Object map = mapOfThread.invoke(thread);
    Object table = map == null ? null : tableOfMap.invoke(map);
    int size = table == null ? 0 : Array.getLength(table);
    for (int place = 0; place < size; place++) {
      @SuppressWarnings("unchecked") // an entry is a reference to its thread-local
      Reference<Object> entry = (Reference<Object>) Array.get(table, place);
      if (entry != null && entry.refersTo(local)) {
        return valueOfEntry.invoke(entry);
      }
    }
    return null;
  }
}
