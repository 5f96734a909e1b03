// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

/**
 * What a thread does, in the words of {@link Thread.State} and, where it is known, how.
 *
 * @param state the state
 * @param detail {@code sleeping}, {@code parked}, {@code in Object.wait}, {@code in native}, or
 *     empty
 */
public record RunState(Thread.State state, String detail) {
  // JVM TI specification, GetThreadState.
  private static final int ALIVE = 0x1;
  private static final int TERMINATED = 0x2;
  private static final int RUNNABLE = 0x4;
  private static final int WAITING_INDEFINITELY = 0x10;
  private static final int WAITING_WITH_TIMEOUT = 0x20;
  private static final int SLEEPING = 0x40;
  private static final int IN_OBJECT_WAIT = 0x100;
  private static final int PARKED = 0x200;
  private static final int BLOCKED_ON_MONITOR = 0x400;
  private static final int IN_NATIVE = 0x400000;

  /** The state that a set of {@code JVMTI_THREAD_STATE} bits says. */
  public static RunState ofJvmti(int bits) {
    return new RunState(state(bits), detail(bits));
  }

  /** A state without detail. */
  public static RunState of(Thread.State state) {
    return new RunState(state, "");
  }

  /** The state and its detail: {@code TIMED_WAITING, sleeping}. */
  @Override
  public String toString() {
    return detail.isEmpty() ? state.name() : state + ", " + detail;
  }

  /** The state alone. */
  static Thread.State state(int bits) {
    if ((bits & TERMINATED) != 0) {
      return Thread.State.TERMINATED;
    }
    if ((bits & ALIVE) == 0) {
      return Thread.State.NEW;
    }
    if ((bits & RUNNABLE) != 0) {
      return Thread.State.RUNNABLE;
    }
    if ((bits & BLOCKED_ON_MONITOR) != 0) {
      return Thread.State.BLOCKED;
    }
    if ((bits & WAITING_WITH_TIMEOUT) != 0) {
      return Thread.State.TIMED_WAITING;
    }
    return (bits & WAITING_INDEFINITELY) != 0 ? Thread.State.WAITING : Thread.State.RUNNABLE;
  }

  private static String detail(int bits) {
    if ((bits & SLEEPING) != 0) {
      return "sleeping";
    }
    if ((bits & PARKED) != 0) {
      return "parked";
    }
    if ((bits & IN_OBJECT_WAIT) != 0) {
      return "in Object.wait";
    }
    return (bits & IN_NATIVE) != 0 ? "in native" : "";
  }
}
