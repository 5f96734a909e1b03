// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The {@code # runtime.MemStats} block at the end of a heap profile's text, each field with the
 * nearest equivalent of the JVM; 0 where there is none.
 *
 * <ul>
 *   <li>Alloc, HeapAlloc, HeapInuse: heap in use; TotalAlloc: bytes that threads have allocated;
 *   <li>Mallocs, Frees, HeapObjects: estimates of the heap sampler;
 *   <li>HeapSys, HeapIdle, HeapReleased: committed, committed but unused, not committed;
 *   <li>Sys: resident memory; OtherSys: what of it is neither heap nor the JVM's own areas;
 *   <li>PauseNs, PauseEnd: the collectors' latest pauses; NumGC: their collections;
 *   <li>GCCPUFraction: share of the time since start that was spent in pauses.
 * </ul>
 */
public final class MemoryText {
  /**
   * What the heap sampler knows.
   *
   * @param allocatedObjects estimate of objects allocated
   * @param liveObjects estimate of objects alive
   * @param samplerBytes memory of the sampler itself
   * @param pauseNanos ring of the collectors' pauses
   * @param pauseEnds ring of their ends, nanoseconds since the epoch
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Heap(
      long allocatedObjects,
      long liveObjects,
      long samplerBytes,
      long[] pauseNanos,
      long[] pauseEnds) {}

  private final Appendable out;

  /** Writes to {@code out}. */
  public MemoryText(Appendable out) {
    this.out = out;
  }

  /** Writes the block. */
  public void write(Heap heap) throws IOException {
    MemoryUsage memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    long resident = status("VmRSS");
    long other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getCommitted();
    out.append("\n# runtime.MemStats\n");
    line("Alloc", memory.getUsed());
    line("TotalAlloc", totalAllocated(memory));
    line("Sys", Math.max(resident, memory.getCommitted()));
    line("Lookups", 0);
    line("Mallocs", heap.allocatedObjects());
    line("Frees", Math.max(0, heap.allocatedObjects() - heap.liveObjects()));
    line("HeapAlloc", memory.getUsed());
    line("HeapSys", memory.getCommitted());
    line("HeapIdle", memory.getCommitted() - memory.getUsed());
    line("HeapInuse", memory.getUsed());
    line("HeapReleased", Math.max(0, memory.getMax() - memory.getCommitted()));
    line("HeapObjects", heap.liveObjects());
    text("Stack", "0 / 0");
    text("MSpan", "0 / 0");
    text("MCache", "0 / 0");
    line("BuckHashSys", heap.samplerBytes());
    line("GCSys", 0);
    line("OtherSys", Math.max(0, resident - memory.getCommitted() - other));
    line("NextGC", 0);
    writeCollections(heap);
    line("MaxRSS", status("VmHWM"));
  }

  private void writeCollections(Heap heap) throws IOException {
    line("LastGC", Arrays.stream(heap.pauseEnds()).max().orElse(0));
    text("PauseNs", ring(heap.pauseNanos()));
    text("PauseEnd", ring(heap.pauseEnds()));
    long collections = 0;
    long millis = 0;
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections += Math.max(0, bean.getCollectionCount());
      millis += Math.max(0, bean.getCollectionTime());
    }
    line("NumGC", collections);
    line("NumForcedGC", 0);
    double uptimeMillis = Math.max(1, ManagementFactory.getRuntimeMXBean().getUptime());
    text("GCCPUFraction", String.format(Locale.ROOT, "%.6f", millis / uptimeMillis));
    text("DebugGC", "false");
  }

  private static String ring(long[] values) {
    StringBuilder text = new StringBuilder("[");
    for (long value : values) {
      text.append(text.length() > 1 ? " " : "").append(value);
    }
    return text.append(']').toString();
  }

  private void line(String name, long value) throws IOException {
    text(name, Long.toString(value));
  }

  private void text(String name, String value) throws IOException {
    out.append("# ").append(name).append(" = ").append(value).append('\n');
  }

  /** Bytes allocated by all threads since the start; by those alive, on early updates of JDK 17. */
  private static long totalAllocated(MemoryUsage memory) {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
      return memory.getUsed();
    }
    try {
      Object total = ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes").invoke(threads);
      if (total instanceof Long bytes && bytes >= 0) {
        return bytes;
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Not there in every update of 17: the sum of the living threads has to do.
    }
    long[] bytes = threads.getThreadAllocatedBytes(threads.getAllThreadIds());
    return Arrays.stream(bytes).filter(value -> value > 0).sum();
  }

  /** A field of Linux's /proc/self/status in bytes, 0 elsewhere. */
  private static long status(String field) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(field + ":")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException | RuntimeException e) {
      return 0; // no Linux
    }
    return 0;
  }
}
