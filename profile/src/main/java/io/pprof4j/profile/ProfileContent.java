// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares profiles by content: the same header, tables with the same rows in the same order, and
 * the same samples in the same order. Rows that are no part of the format, such as stacks that no
 * sample uses, do not count.
 */
final class ProfileContent {
  private static final Optional<ValueType> NOTHING = Optional.of(new ValueType("", ""));

  private ProfileContent() {}

  static boolean equal(Profile a, Profile b) {
    return header(a).equals(header(b))
        && rows(a.mappings()).equals(rows(b.mappings()))
        && functions(a.functions()).equals(functions(b.functions()))
        && equal(a.locations(), b.locations())
        && equal(a.samples(), b.samples());
  }

  static int hash(Profile profile) {
    int hash = header(profile).hashCode();
    hash = 31 * hash + profile.samples().size();
    hash = 31 * hash + profile.locations().size();
    for (long[] column : profile.samples().value) {
      hash = 31 * hash + Arrays.hashCode(column);
    }
    return hash;
  }

  /** A period type without type and unit says as much as none. */
  private static ProfileHeader header(Profile profile) {
    ProfileHeader header = profile.header();
    return header.periodType().equals(NOTHING)
        ? header.withPeriod(Optional.empty(), header.period())
        : header;
  }

  private static List<List<Object>> rows(Mappings table) {
    return table.stream()
        .map(
            row ->
                List.<Object>of(
                    row.id(),
                    row.start(),
                    row.limit(),
                    row.offset(),
                    row.filename(),
                    row.buildId(),
                    table.flags[row.row()]))
        .toList();
  }

  private static List<List<Object>> functions(Functions table) {
    return table.stream()
        .map(
            row ->
                List.<Object>of(
                    row.id(), row.name(), row.systemName(), row.filename(), row.startLine()))
        .toList();
  }

  private static boolean equal(Locations a, Locations b) {
    return Arrays.equals(a.id, b.id)
        && Arrays.equals(a.mapping, b.mapping)
        && Arrays.equals(a.address, b.address)
        && Arrays.equals(a.folded, b.folded)
        && Arrays.equals(a.firstLine, b.firstLine)
        && Arrays.equals(a.lineFunction, b.lineFunction)
        && Arrays.equals(a.line, b.line)
        && Arrays.equals(a.column, b.column);
  }

  private static boolean equal(Samples a, Samples b) {
    return Arrays.deepEquals(a.value, b.value)
        && a.size() == b.size()
        && samePairs(a.stack, b.stack, (x, y) -> equalStacks(a.stacks, x, b.stacks, y))
        && samePairs(a.labels, b.labels, (x, y) -> a.labelSets.get(x).equals(b.labelSets.get(y)));
  }

  /** Whether two rows mean the same. */
  private interface SameRow {
    boolean same(int a, int b);
  }

  /** Compares what rows mean; a pair that was seen is not compared again. */
  private static boolean samePairs(int[] a, int[] b, SameRow test) {
    java.util.Map<Integer, Integer> partner = new java.util.HashMap<>();
    for (int at = 0; at < a.length; at++) {
      Integer known = partner.get(a[at]);
      if (known == null || known != b[at]) {
        if (!test.same(a[at], b[at])) {
          return false;
        }
        partner.put(a[at], b[at]);
      }
    }
    return true;
  }

  private static boolean equalStacks(Stacks a, int stackA, Stacks b, int stackB) {
    boolean same = a.depth(stackA) == b.depth(stackB);
    for (int depth = 0; same && depth < a.depth(stackA); depth++) {
      same = a.location(stackA, depth) == b.location(stackB, depth);
    }
    return same;
  }
}
