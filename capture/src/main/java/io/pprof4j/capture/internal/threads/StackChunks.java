// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.NativeSampler;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK keeps of virtual threads and does not publish: their states, and the objects on the
 * Java heap that have the frames of those that do not run (jdk.internal.vm.StackChunk, since 21).
 *
 * <p>The handles are constants, so that the compiler makes plain loads of them. Where this JDK has
 * not what they need, the first use of this class is a {@link LinkageError}, and so are all others.
 */
final class StackChunks {
  /** States in which all frames of a thread are in its chunks, and stay there until it is woken. */
  private static final List<String> WAITING =
      List.of("PARKED", "TIMED_PARKED", "BLOCKED", "WAIT", "TIMED_WAIT");

  private static final Class<?> VIRTUAL_THREAD;
  private static final Set<Integer> WAITING_STATES;
  private static final MethodHandle STATE;
  private static final MethodHandle CONTINUATION;
  private static final MethodHandle TAIL;
  private static final MethodHandle PARENT;
  private static final MethodHandle SIZE;
  private static final MethodHandle TOP;
  private static final MethodHandle BOTTOM;
  private static final MethodHandle WORD;

  static {
    try {
      Lookup lookup = NativeSampler.get().trustedLookup();
      VIRTUAL_THREAD = lookup.findClass("java.lang.VirtualThread");
      Class<?> continuation = lookup.findClass("jdk.internal.vm.Continuation");
      Class<?> chunk = lookup.findClass("jdk.internal.vm.StackChunk");
      WAITING_STATES = waitingStates(lookup);
      STATE = getter(lookup, VIRTUAL_THREAD, "state", int.class);
      CONTINUATION = getter(lookup, VIRTUAL_THREAD, "cont", continuation);
      TAIL = getter(lookup, continuation, "tail", chunk);
      PARENT = getter(lookup, chunk, "parent", chunk);
      SIZE = getter(lookup, chunk, "size", int.class);
      TOP = getter(lookup, chunk, "sp", int.class);
      BOTTOM = getter(lookup, chunk, "bottom", int.class);
      WORD = word(lookup);
    } catch (ReflectiveOperationException | EngineUnavailableException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private StackChunks() {}

  private static Set<Integer> waitingStates(Lookup lookup) throws ReflectiveOperationException {
    Set<Integer> states = new HashSet<>();
    for (String name : WAITING) {
      try {
        states.add((int) lookup.findStaticVarHandle(VIRTUAL_THREAD, name, int.class).get());
      } catch (NoSuchFieldException e) {
        // Monitors, which the last ones are for, came with 24.
      }
    }
    if (states.isEmpty()) {
      throw new NoSuchFieldException("no state of waiting virtual threads");
    }
    return Set.copyOf(states);
  }

  private static MethodHandle getter(Lookup lookup, Class<?> owner, String name, Class<?> type)
      throws ReflectiveOperationException {
    Class<?> read = type.isPrimitive() ? type : Object.class;
    return lookup.findGetter(owner, name, type).asType(MethodType.methodType(read, Object.class));
  }

  private static MethodHandle word(Lookup lookup) throws ReflectiveOperationException {
    Class<?> unsafe = lookup.findClass("jdk.internal.misc.Unsafe");
    Object instance = lookup.findStaticVarHandle(unsafe, "theUnsafe", unsafe).get();
    MethodType type = MethodType.methodType(long.class, Object.class, long.class);
    return lookup.findVirtual(unsafe, "getLong", type).bindTo(instance);
  }

  /**
   * The state of a virtual thread that waits, as a number of the JDK's own; -1 of any other. A
   * volatile read.
   */
  static int waitingState(Thread thread) {
    if (!VIRTUAL_THREAD.isInstance(thread)) {
      return -1; // or where the JDK has no continuations
    }
    int state = intOf(STATE, thread);
    return WAITING_STATES.contains(state) ? state : -1;
  }

  /** The object that has the youngest frames of a virtual thread. */
  static @Nullable Object youngest(Thread thread) {
    Object continuation = referenceOf(CONTINUATION, thread);
    return continuation == null ? null : referenceOf(TAIL, continuation);
  }

  /** The object that has the frames of the callers of those in this one. */
  static @Nullable Object parent(Object chunk) {
    return referenceOf(PARENT, chunk);
  }

  /** How many words of stack an object has room for. */
  static int size(Object chunk) {
    return intOf(SIZE, chunk);
  }

  /** Where in the stack the youngest frame is: in words, from 0 to {@link #bottom}. */
  static int top(Object chunk) {
    return intOf(TOP, chunk);
  }

  /** Where in the stack the oldest frame ends. */
  static int bottom(Object chunk) {
    return intOf(BOTTOM, chunk);
  }

  /**
   * A word of an object.
   *
   * @param offset bytes from its start; nothing checks that this is within the object
   */
  static long word(Object chunk, long offset) {
    try {
      return (long) WORD.invokeExact(chunk, offset);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int intOf(MethodHandle field, Object object) {
    try {
      return (int) field.invokeExact(object);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static @Nullable Object referenceOf(MethodHandle field, Object object) {
    try {
      return (Object) field.invokeExact(object);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static IllegalStateException unexpected(Throwable thrown) {
    return new IllegalStateException("a plain load throws nothing", thrown);
  }
}
