// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;

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

  /**
   * Samples of virtual threads that are left out, a processor. Their weight is what their carrier
   * has allocated since its sample before, and events do not tell the carrier; but there are as
   * many as processors, and those that are busy have their first sample among so many.
   */
  private static final int FIRST_OF_CARRIER = 4;

  private final Form form;

  /** Platform threads of which a sample was seen, or that started after the recording. */
  private final Set<Long> seenThreads = new HashSet<>();

  private int carriersToCome = FIRST_OF_CARRIER * Runtime.getRuntime().availableProcessors();

  private AllocationRule(Form form) {
    this.form = form;
  }

  /** Takes {@code jdk.ObjectAllocationSample}. */
  public static AllocationRule ofSamples() {
    return new AllocationRule(Form.SAMPLES);
  }

  /**
   * Takes {@code jdk.ObjectAllocationSample} without the first of each thread, whose weight
   * includes what the thread allocated before the recording. Of threads that are told to have
   * {@link #started} since the first one counts too.
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
    RecordedThread thread = event.getThread();
    // The recorder does not know all virtual threads that ended soon: a fifth of their weights.
    if (thread == null || isVirtual(thread)) {
      boolean mayBe = carriersToCome > 0;
      carriersToCome -= mayBe ? 1 : 0;
      return mayBe;
    }
    return seenThreads.add(thread.getId());
  }

  private static boolean isVirtual(RecordedThread thread) {
    return thread.hasField("virtual") && thread.getBoolean("virtual"); // since JDK 21
  }

  /** Notes that a thread has started, all of whose samples count. */
  public void started(RecordedThread thread) {
    if (!isVirtual(thread)) {
      seenThreads.add(thread.getId());
    }
  }

  /** Notes that a thread has ended, of which there will be no more samples. */
  public void ended(RecordedThread thread) {
    seenThreads.remove(thread.getId());
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
