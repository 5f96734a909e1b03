// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.MemoryText;
import io.pprof4j.capture.internal.SampleText;
import io.pprof4j.capture.internal.allocation.AllocationRecording;
import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The heap profiles: by the native sampler, and where that cannot be loaded by the flight recorder,
 * which knows allocations only.
 */
final class HeapSource implements ProfileSource {
  private final ProfileKind kind;
  private final FrameAddresses addresses;
  private final AllocationRecording fallback;

  /** A source of {@link ProfileKind#HEAP} or {@link ProfileKind#ALLOCS}. */
  HeapSource(ProfileKind kind, FrameAddresses addresses, AllocationRecording fallback) {
    this.kind = kind;
    this.addresses = addresses;
    this.fallback = fallback;
  }

  @Override
  public ProfileKind kind() {
    return kind;
  }

  @Override
  public String description() {
    String gap = isSampled() ? "" : " " + AllocationRecording.GAP;
    return kind == ProfileKind.ALLOCS
        ? "A sampling of all past memory allocations." + gap
        : "A sampling of memory allocations of live objects. You can specify the gc GET parameter"
            + " to run GC before taking the heap sample."
            + gap;
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.SNAPSHOT, Ability.WINDOW, Ability.TEXT);
  }

  @Override
  public long count() {
    try {
      return isSampled() ? HeapSampler.get().statistics().buckets() : fallback.count();
    } catch (EngineUnavailableException e) {
      return fallback.count();
    }
  }

  private static boolean isSampled() {
    try {
      return HeapSampler.get().state() != HeapSampler.State.WAITING;
    } catch (EngineUnavailableException e) {
      return false;
    }
  }

  /**
   * The sampler, started; it may have to wait for another agent to stop.
   *
   * @throws EngineUnavailableException if it cannot run
   */
  static HeapSampler started() throws EngineUnavailableException {
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.fromSystemProperties());
    return sampler;
  }

  private static HeapSampler sampling() throws EngineUnavailableException {
    HeapSampler sampler = started();
    if (sampler.state() == HeapSampler.State.WAITING) {
      throw new EngineUnavailableException(
          "another agent of this JVM is sampling allocations, and only one can");
    }
    return sampler;
  }

  @Override
  public Profile capture(CaptureRequest request) throws IOException, InterruptedException {
    HeapSampler sampler;
    try {
      sampler = sampling();
    } catch (EngineUnavailableException e) {
      return fallback.capture(request, String.valueOf(e.getMessage()));
    }
    fallback.end();
    if (request.isSnapshot()) {
      return profile(snapshot(sampler, request));
    }
    HeapSnapshot start = sampler.snapshot();
    TimeUnit.NANOSECONDS.sleep(request.duration().toNanos());
    HeapSnapshot end = snapshot(sampler, request);
    return request.delta() == CaptureRequest.Delta.ALL
        ? ProfileDelta.between(profile(start), profile(end), request.delta())
        : profile(end.since(start));
  }

  private static HeapSnapshot snapshot(HeapSampler sampler, CaptureRequest request) {
    if (request.collectsFirst()) {
      sampler.collect();
    }
    return sampler.snapshot();
  }

  private Profile profile(HeapSnapshot snapshot) {
    return kind == ProfileKind.ALLOCS ? snapshot.allocsProfile() : snapshot.heapProfile();
  }

  /** Go's form (runtime/pprof, writeHeapInternal): the sampled numbers, which readers scale. */
  @Override
  public void writeText(CaptureRequest request, int debug, Appendable out) throws IOException {
    HeapSampler sampler = samplingForText();
    HeapSnapshot snapshot = snapshot(sampler, request);
    out.append("heap profile: ").append(head(snapshot.total()));
    out.append(" @ heap/").append(Long.toString(2 * snapshot.interval())).append('\n');
    SampleText text = new SampleText(addresses);
    var stacks =
        snapshot.stacks().stream()
            .sorted(Comparator.comparingLong(HeapSource::sampledLiveBytes).reversed())
            .toList();
    for (HeapStack stack : stacks) {
      for (HeapBucket bucket : stack.buckets()) {
        if (bucket.sampledAll().objects() > 0 || bucket.sampledLive().objects() > 0) {
          out.append(numbers(bucket));
          text.writeStack(stack.frames(), out);
        }
      }
    }
    writeMemory(sampler, snapshot, out);
  }

  private static HeapSampler samplingForText() throws EngineUnavailableException {
    try {
      return sampling();
    } catch (EngineUnavailableException e) {
      throw new EngineUnavailableException(
          ("its text has columns that only the native sampler can fill, and %s; without debug= there"
                  + " are the allocated bytes")
              .formatted(e.getMessage()),
          e);
    }
  }

  private static void writeMemory(HeapSampler sampler, HeapSnapshot snapshot, Appendable out)
      throws IOException {
    HeapBucket total = snapshot.total();
    CollectorPauses pauses = sampler.pauses();
    new MemoryText(out)
        .write(
            new MemoryText.Heap(
                total.all().objects(),
                total.live().objects(),
                snapshot.statistics().heldBytes(),
                pauses.nanos(),
                pauses.ends()));
  }

  private static long sampledLiveBytes(HeapStack stack) {
    return stack.buckets().stream().mapToLong(bucket -> bucket.sampledLive().bytes()).sum();
  }

  /**
   * The numbers of the first line. Where allocated and live bytes are equal, readers take the text
   * for one with two columns, so Go makes the former, which nobody uses, greater by one.
   */
  private static String head(HeapBucket total) {
    boolean areEqual = total.sampledLive().bytes() == total.sampledAll().bytes();
    return numbers(total.sampledLive(), total.sampledAll(), areEqual ? 1 : 0);
  }

  private static String numbers(HeapBucket bucket) {
    return numbers(bucket.sampledLive(), bucket.sampledAll(), 0);
  }

  /** Live and all: {@code 1: 16 [2: 32]}. */
  private static String numbers(HeapCounts live, HeapCounts all, long moreBytes) {
    return "%d: %d [%d: %d]"
        .formatted(live.objects(), live.bytes(), all.objects(), all.bytes() + moreBytes);
  }
}
