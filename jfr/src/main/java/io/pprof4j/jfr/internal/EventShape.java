// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.jfr.JfrKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event that profiles are made of: its name and the field that says how much. */
enum EventShape {
  /** JDK 25 (JEP 509): one for each period of CPU time. */
  CPU_TIME("jdk.CPUTimeSample", "samplingPeriod"),
  /** A running thread, of the JDK and of async-profiler. */
  EXECUTION("jdk.ExecutionSample"),
  /** A thread in native code. */
  NATIVE("jdk.NativeMethodSample"),
  /** async-profiler's wall clock; one event may stand for several samples. */
  WALL_CLOCK("profiler.WallClockSample", "samples"),
  /** A thread's buffer is full: stands for a whole buffer. */
  IN_BUFFER("jdk.ObjectAllocationInNewTLAB", "tlabSize"),
  /** An object that was too large for a buffer. */
  OUTSIDE_BUFFER("jdk.ObjectAllocationOutsideTLAB", "allocationSize"),
  /** Since JDK 16: the weight is what its thread has allocated since the sample before. */
  ALLOCATION("jdk.ObjectAllocationSample", "weight"),
  /** async-profiler's {@code live}. */
  LIVE("profiler.LiveObject", "allocationSize"),
  /** The JDK's hunt for leaks; its size is there since JDK 14. */
  OLD_OBJECT("jdk.OldObjectSample", "objectSize", "allocationSize"),
  /** A thread waits for a monitor. */
  MONITOR_ENTER("jdk.JavaMonitorEnter"),
  /** A thread is in {@code Object.wait}. */
  MONITOR_WAIT("jdk.JavaMonitorWait"),
  /** A thread is parked. */
  PARK("jdk.ThreadPark"),
  /** async-profiler's {@code nativemem}: native memory is allocated. */
  MALLOC("profiler.Malloc", "size"),
  /** Native memory is given back. */
  FREE("profiler.Free");

  private static final Map<String, EventShape> OF_TYPE =
      Stream.of(values())
          .collect(Collectors.toUnmodifiableMap(shape -> shape.type, shape -> shape));

  private final String type;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of strings
  private final List<String> amountFields;

  EventShape(String type, String... amountFields) {
    this.type = type;
    this.amountFields = List.of(amountFields);
  }

  /** The shape of an event; null for those that profiles are not made of. */
  static @Nullable EventShape of(String type) {
    return OF_TYPE.get(type);
  }

  /** The event's name. */
  String type() {
    return type;
  }

  /** Fields that may hold the amount, best first; none if it does not come from a field. */
  List<String> amountFields() {
    return amountFields;
  }

  /**
   * What a recording tells of a kind in one way. Of two ways of one kind the first in this order
   * that has events counts, because both tell of the same.
   */
  enum Form {
    CPU_TIME(JfrKind.CPU),
    EXECUTION(JfrKind.CPU),
    WALL(JfrKind.WALL),
    BUFFERS(JfrKind.ALLOCATION),
    SAMPLES(JfrKind.ALLOCATION),
    LIVE(JfrKind.LIVE),
    BLOCK(JfrKind.BLOCK),
    NATIVE_ALLOCATION(JfrKind.NATIVE_ALLOCATION),
    NATIVE_LIVE(JfrKind.NATIVE_LIVE);

    private final JfrKind kind;

    Form(JfrKind kind) {
      this.kind = kind;
    }

    JfrKind kind() {
      return kind;
    }
  }

  /**
   * The form that an event belongs to.
   *
   * @param wall whether execution samples are those of a wall clock
   */
  Form form(boolean wall) {
    return switch (this) {
      case CPU_TIME -> Form.CPU_TIME;
      case EXECUTION -> wall ? Form.WALL : Form.EXECUTION;
      case NATIVE -> Form.EXECUTION;
      case WALL_CLOCK -> Form.WALL;
      case IN_BUFFER, OUTSIDE_BUFFER -> Form.BUFFERS;
      case ALLOCATION -> Form.SAMPLES;
      case LIVE, OLD_OBJECT -> Form.LIVE;
      case MONITOR_ENTER, MONITOR_WAIT, PARK -> Form.BLOCK;
      case MALLOC -> Form.NATIVE_ALLOCATION;
      case FREE -> Form.NATIVE_LIVE;
    };
  }
}
