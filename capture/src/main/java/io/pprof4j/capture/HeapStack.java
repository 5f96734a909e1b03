// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.util.List;

/**
 * A stack that allocated, with a bucket for each size class it allocated.
 *
 * @param frames leaf first; never empty
 * @param buckets by ascending size
 */
public record HeapStack(List<JavaFrame> frames, List<HeapBucket> buckets) {
  /** Copies the lists. */
  public HeapStack {
    frames = List.copyOf(frames);
    buckets = List.copyOf(buckets);
  }
}
