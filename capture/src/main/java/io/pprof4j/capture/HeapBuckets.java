// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.CodeTable;
import io.pprof4j.capture.internal.LabelSets;
import io.pprof4j.profile.Label;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes the library's buckets (sampler.c, p4j_buckets): the number of stacks; of each the number
 * of its labels, the number of frames, per frame method and line, the number of buckets, and per
 * bucket its size class and two times four sums, live and allocated: samples, their bytes, objects
 * times 65536, bytes.
 *
 * <p>Stacks that differ within a line only become one.
 */
final class HeapBuckets {
  private static final double FIXED = 65536;
  private static final Comparator<HeapBucket> BY_SIZE =
      Comparator.comparingLong(HeapBucket::objectBytes);

  /** A stack as numbers of the frame table and its labels; not to be changed. */
  private static final class Key {
    private final int[] frames;
    private final int labels;
    private final int hash;

    Key(int[] frames, int labels) {
      this.frames = frames;
      this.labels = labels;
      hash = Arrays.hashCode(frames) + labels;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && labels == key.labels && Arrays.equals(frames, key.frames);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private final ByteBuffer in;
  private final CodeTable code;
  private final SampledCounts liveCounts;
  private final SampledCounts allCounts;
  private final FrameTable frames = new FrameTable();
  private final Map<Key, List<HeapBucket>> stacks = new HashMap<>();

  private HeapBuckets(byte[] bytes, CodeTable code, long interval) {
    in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    this.code = code;
    liveCounts = new SampledCounts(interval);
    allCounts = new SampledCounts(interval);
  }

  /** The stacks with their buckets; {@code interval} is the one that sampled counts refer to. */
  static List<HeapStack> decode(byte[] bytes, CodeTable code, long interval) {
    HeapBuckets buckets = new HeapBuckets(bytes, code, interval);
    for (int left = buckets.in.getInt(); left > 0; left--) {
      buckets.readStack();
    }
    return buckets.build();
  }

  private void readStack() {
    int labels = in.getInt();
    int depth = in.getInt();
    int[] numbers = depth == 0 ? new int[] {FrameTable.NO_STACK} : new int[depth];
    for (int frame = 0; frame < depth; frame++) {
      numbers[frame] = frames.number(in.getInt(), in.getInt(), code);
    }
    List<HeapBucket> buckets =
        stacks.computeIfAbsent(new Key(numbers, labels), key -> new ArrayList<>(1));
    for (int left = in.getInt(); left > 0; left--) {
      HeapBucket bucket = readBucket();
      if (!bucket.isEmpty()) {
        addTo(buckets, bucket);
      }
    }
  }

  private static void addTo(List<HeapBucket> buckets, HeapBucket added) {
    for (int at = 0; at < buckets.size(); at++) {
      if (buckets.get(at).objectBytes() == added.objectBytes()) {
        buckets.set(at, buckets.get(at).plus(added));
        return;
      }
    }
    buckets.add(added);
  }

  private HeapBucket readBucket() {
    long objectBytes = in.getLong();
    HeapCounts rawLive = new HeapCounts(in.getLong(), in.getLong());
    double liveObjects = in.getLong() / FIXED;
    long liveBytes = in.getLong();
    HeapCounts rawAll = new HeapCounts(in.getLong(), in.getLong());
    double allObjects = in.getLong() / FIXED;
    long allBytes = in.getLong();
    return new HeapBucket(
        objectBytes,
        liveCounts.of(rawLive, liveObjects, liveBytes),
        allCounts.of(rawAll, allObjects, allBytes),
        new HeapCounts(Math.round(liveObjects), liveBytes),
        new HeapCounts(Math.round(allObjects), allBytes));
  }

  private List<HeapStack> build() {
    // Asked after the buckets were read, so every number is known.
    List<List<Label>> labels = LabelSets.get().all();
    List<HeapStack> built = new ArrayList<>(stacks.size());
    stacks.forEach(
        (key, buckets) -> {
          if (!buckets.isEmpty()) {
            buckets.sort(BY_SIZE);
            built.add(new HeapStack(frames, key.frames, labels.get(key.labels), buckets));
          }
        });
    return built;
  }
}
