// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.CodeTable;
import io.pprof4j.profile.JvmMethod;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decodes the library's buckets (sampler.c, p4j_buckets): the number of stacks; of each the number
 * of frames, per frame method and line, the number of buckets, and per bucket its size class and
 * two times four sums, live and allocated: samples, their bytes, objects times 65536, bytes.
 *
 * <p>Stacks that differ within a line only become one.
 */
final class HeapBuckets {
  private static final double FIXED = 65536;

  /** Stands for the stack of an allocation by the JVM itself, or one it could not tell. */
  private static final JavaFrame NO_STACK =
      new JavaFrame(new JvmMethod("", "no Java stack", "", "", 0, ""), 0);

  /** A stack as numbers of {@link #frames}, to look it up by; not to be changed. */
  private static final class Key {
    private final int[] frames;

    Key(int[] frames) {
      this.frames = frames;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(frames, key.frames);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(frames);
    }
  }

  private final ByteBuffer in;
  private final CodeTable code;
  private final SampledCounts liveCounts;
  private final SampledCounts allCounts;
  private final Map<Long, Integer> frameNumbers = new HashMap<>();
  private final List<JavaFrame> frames = new ArrayList<>();
  private final Map<Key, Map<Long, HeapBucket>> stacks = new HashMap<>();

  private HeapBuckets(byte[] bytes, CodeTable code, long interval) {
    in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    this.code = code;
    liveCounts = new SampledCounts(interval);
    allCounts = new SampledCounts(interval);
    frames.add(NO_STACK);
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
    int depth = in.getInt();
    int[] numbers = new int[Math.max(depth, 1)];
    for (int frame = 0; frame < depth; frame++) {
      numbers[frame] = frame(in.getInt(), in.getInt());
    }
    Map<Long, HeapBucket> buckets = stacks.computeIfAbsent(new Key(numbers), k -> new TreeMap<>());
    for (int left = in.getInt(); left > 0; left--) {
      HeapBucket bucket = readBucket();
      if (!bucket.isEmpty()) {
        buckets.merge(bucket.objectBytes(), bucket, HeapBucket::plus);
      }
    }
  }

  private int frame(int method, int line) {
    return frameNumbers.computeIfAbsent(
        (long) method << 32 | line,
        key -> {
          frames.add(new JavaFrame(code.method(method), line));
          return frames.size() - 1;
        });
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
    List<HeapStack> built = new ArrayList<>(stacks.size());
    stacks.forEach(
        (key, buckets) -> {
          if (!buckets.isEmpty()) {
            List<JavaFrame> stack = Arrays.stream(key.frames).mapToObj(frames::get).toList();
            built.add(new HeapStack(stack, List.copyOf(buckets.values())));
          }
        });
    return built;
  }
}
