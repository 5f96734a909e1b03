// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.labels.LabelSets;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileHeader;
import io.pprof4j.profile.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a heap snapshot as a profile. */
final class HeapProfiles {
  private HeapProfiles() {}

  static Profile of(HeapSnapshot snapshot, String defaultSampleType) {
    HeapStacks stacks = snapshot.table();
    stacks.lock.lock();
    try {
      // Most stacks have a sample in the whole, and few in a difference: it has its own tables.
      HeapTables tables = snapshot.isWhole() ? stacks.profile() : new HeapTables(stacks.table());
      return profile(snapshot, tables, defaultSampleType);
    } finally {
      stacks.lock.unlock();
    }
  }

  private static Profile profile(
      HeapSnapshot snapshot, HeapTables tables, String defaultSampleType) {
    HeapStacks stacks = snapshot.table();
    HeapRows rows = snapshot.rows();
    int[] stackRows = new int[rows.size()];
    int[] labelRows = new int[rows.size()];
    long[][] columns = new long[4][rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      int stack = rows.stack(row);
      stackRows[row] = snapshot.isWhole() ? stacks.row(stack) : tables.stack(stacks.frames(stack));
      labelRows[row] =
          tables.labels(snapshot.labelSets(), stacks.labels(stack), rows.objectBytes(row));
      columns[0][row] = rows.allObjects(row);
      columns[1][row] = rows.allBytes(row);
      columns[2][row] = rows.liveObjects(row);
      columns[3][row] = rows.liveBytes(row);
    }
    return tables.profile(
        header -> header(header, snapshot, defaultSampleType), stackRows, labelRows, columns);
  }

  private static ProfileHeader header(
      ProfileHeader header, HeapSnapshot snapshot, String defaultSampleType) {
    return header
        .withPeriod(Optional.of(new ValueType("space", "bytes")), snapshot.interval())
        .withTime(snapshot.timeMillis() * 1_000_000, snapshot.durationMillis() * 1_000_000)
        .withComments(comments(snapshot))
        .withDefaultSampleType(defaultSampleType);
  }

  private static List<String> comments(HeapSnapshot snapshot) {
    List<String> comments = new ArrayList<>(snapshot.statistics().comments());
    comments.addAll(LabelSets.get().gaps());
    return comments;
  }
}
