// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.cpu;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** CPU time that this process uses from a moment on. */
final class ProcessCpu {
  private final long startNanos;

  private ProcessCpu(long startNanos) {
    this.startNanos = startNanos;
  }

  /** Starts counting. */
  static ProcessCpu now() {
    return new ProcessCpu(total());
  }

  /** Nanoseconds used since; -1 if this JVM does not tell. The clock may go in steps of 10 ms. */
  long usedNanos() {
    long total = total();
    return startNanos < 0 || total < 0 ? -1 : total - startNanos;
  }

  private static long total() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }
}
