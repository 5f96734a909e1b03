// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapBucket;
import io.pprof4j.capture.HeapCounts;
import io.pprof4j.capture.HeapStack;
import java.util.List;

/** Adds up the buckets of some stacks. */
record HeapSnapshotTotal(List<HeapStack> stacks) {
  HeapBucket total() {
    HeapCounts sampledLive = HeapCounts.ZERO;
    HeapCounts sampledAll = HeapCounts.ZERO;
    HeapCounts live = HeapCounts.ZERO;
    HeapCounts all = HeapCounts.ZERO;
    for (HeapStack stack : stacks) {
      for (HeapBucket bucket : stack.buckets()) {
        sampledLive = sampledLive.plus(bucket.sampledLive());
        sampledAll = sampledAll.plus(bucket.sampledAll());
        live = live.plus(bucket.live());
        all = all.plus(bucket.all());
      }
    }
    return new HeapBucket(0, sampledLive, sampledAll, live, all);
  }
}
