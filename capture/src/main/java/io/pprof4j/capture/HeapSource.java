// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.AllocationRecording;
import io.pprof4j.capture.internal.MemoryText;
import io.pprof4j.capture.internal.SampleText;
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
    String gap = fallback.isUsed() ? " " + AllocationRecording.GAP : "";
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
      return fallback.isUsed() ? 0 : HeapSampler.get().statistics().buckets();
    } catch (EngineUnavailableException e) {
      return 0;
    }
  }

  /**
   * The sampler, running.
   *
   * @throws EngineUnavailableException if it cannot run
   */
  static HeapSampler started() throws EngineUnavailableException {
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.fromSystemProperties());
    return sampler;
  }

  @Override
  public Profile capture(CaptureRequest request) throws IOException, InterruptedException {
    HeapSampler sampler;
    try {
      sampler = started();
    } catch (EngineUnavailableException e) {
      return fallback.capture(request, String.valueOf(e.getMessage()));
    }
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
    HeapSampler sampler = started();
    HeapSnapshot snapshot = snapshot(sampler, request);
    HeapBucket total = snapshot.total();
    out.append("heap profile: ").append(numbers(total));
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

  /** Live and all: {@code 1: 16 [2: 32]}. */
  private static String numbers(HeapBucket bucket) {
    HeapCounts live = bucket.sampledLive();
    HeapCounts all = bucket.sampledAll();
    return "%d: %d [%d: %d]".formatted(live.objects(), live.bytes(), all.objects(), all.bytes());
  }
}
