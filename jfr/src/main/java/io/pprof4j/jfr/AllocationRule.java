// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Allocations: {@code jdk.ObjectAllocationSample}, whose weight is what its thread has allocated
 * since the sample before; or the two events that are sent when a thread's buffer is full ({@code
 * InNewTLAB}, which stands for a whole buffer) or passed over ({@code OutsideTLAB}). A recording
 * that has both would count everything twice, so each has its rule.
 */
public final class AllocationRule implements EventRule {
  /** The sampling event, since JDK 16. */
  public static final String SAMPLE_EVENT = "jdk.ObjectAllocationSample";

  private static final String IN_TLAB_EVENT = "jdk.ObjectAllocationInNewTLAB";
  private static final String OUTSIDE_TLAB_EVENT = "jdk.ObjectAllocationOutsideTLAB";

  private enum Form {
    SAMPLES,
    SAMPLES_AFTER_FIRST,
    BUFFERS
  }

  private final Form form;
  private final Set<Long> seenThreads = new HashSet<>();

  private AllocationRule(Form form) {
    this.form = form;
  }

  /** Takes {@code jdk.ObjectAllocationSample}. */
  public static AllocationRule ofSamples() {
    return new AllocationRule(Form.SAMPLES);
  }

  /**
   * Takes {@code jdk.ObjectAllocationSample} without the first of each thread, whose weight
   * includes what the thread allocated before the recording.
   */
  public static AllocationRule ofSamplesAfterFirst() {
    return new AllocationRule(Form.SAMPLES_AFTER_FIRST);
  }

  /** Takes the events about buffers. */
  public static AllocationRule ofBuffers() {
    return new AllocationRule(Form.BUFFERS);
  }

  @Override
  public JfrKind kind() {
    return JfrKind.ALLOCATION;
  }

  @Override
  public Weight weigh(RecordedEvent event) {
    String name = event.getEventType().getName();
    if (form == Form.BUFFERS) {
      return switch (name) {
        case IN_TLAB_EVENT -> new Weight(1, event.getLong("tlabSize"));
        case OUTSIDE_TLAB_EVENT -> new Weight(1, event.getLong("allocationSize"));
        default -> Weight.NONE;
      };
    }
    if (!name.equals(SAMPLE_EVENT) || (form == Form.SAMPLES_AFTER_FIRST && isFirst(event))) {
      return Weight.NONE;
    }
    return new Weight(1, event.getLong("weight"));
  }

  private boolean isFirst(RecordedEvent event) {
    return Threads.of(event).map(thread -> seenThreads.add(thread.getId())).orElse(true);
  }

  @Override
  public long period() {
    return 0;
  }

  @Override
  public List<String> comments() {
    return List.of(
        form == Form.BUFFERS
            ? "# events: " + IN_TLAB_EVENT + ", " + OUTSIDE_TLAB_EVENT
            : "# events: " + SAMPLE_EVENT);
  }
}
