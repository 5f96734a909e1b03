// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.Measurement;
import io.pprof4j.report.internal.graph.NodeLabels;
import io.pprof4j.report.internal.text.ByteOrder;
import io.pprof4j.report.internal.text.GoMath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reduces many numbers to few ranges: the heaviest ones attract those nearest to them. */
final class NumberBuckets {
  private NumberBuckets() {}

  /**
   * At most {@code count} buckets, heaviest first.
   *
   * @param order heaviest first
   * @param flat whether own values decide what is heavy
   */
  static List<Nodelets.Bucket> of(
      List<NodeLabels.Weight> numbers,
      int count,
      Comparator<NodeLabels.Weight> order,
      boolean flat) {
    List<NodeLabels.Weight> sorted = new ArrayList<>(numbers);
    sorted.sort(order);
    if (sorted.size() <= count) {
      return sorted.stream()
          .map(number -> new Nodelets.Bucket(number.name, number.flatValue(), number.cumValue()))
          .toList();
    }
    List<List<NodeLabels.Weight>> groups = new ArrayList<>();
    for (NodeLabels.Weight number : sorted.subList(0, count)) {
      groups.add(new ArrayList<>(List.of(number)));
    }
    for (NodeLabels.Weight number : sorted.subList(count, sorted.size())) {
      nearest(groups, number).add(number);
    }
    List<Nodelets.Bucket> buckets = new ArrayList<>();
    groups.forEach(group -> buckets.add(bucket(group)));
    buckets.sort(order(flat));
    return buckets;
  }

  private static Comparator<Nodelets.Bucket> order(boolean flat) {
    // Not by Comparator.comparing, see Nodelets.
    return (a, b) -> {
      int byCum = flat ? 0 : Long.compare(Math.abs(b.cum()), Math.abs(a.cum()));
      int byFlat = byCum != 0 ? byCum : Long.compare(Math.abs(b.flat()), Math.abs(a.flat()));
      return byFlat != 0 ? byFlat : ByteOrder.compare(a.name(), b.name());
    };
  }

  private static List<NodeLabels.Weight> nearest(
      List<List<NodeLabels.Weight>> groups, NodeLabels.Weight number) {
    List<NodeLabels.Weight> nearest = groups.get(0);
    for (List<NodeLabels.Weight> group : groups) {
      if (distance(number, group.get(0)) < distance(number, nearest.get(0))) {
        nearest = group;
      }
    }
    return nearest;
  }

  private static double distance(NodeLabels.Weight a, NodeLabels.Weight b) {
    return Math.abs(Measurement.scale(b.value, b.unit, a.unit).value() - a.value);
  }

  private static Nodelets.Bucket bucket(List<NodeLabels.Weight> group) {
    NodeLabels.Weight min = group.get(0);
    NodeLabels.Weight max = min;
    long flat = 0;
    long flatDivisor = 0;
    long cum = 0;
    long cumDivisor = 0;
    for (NodeLabels.Weight number : group) {
      min = number.value < min.value ? number : min;
      max = number.value > max.value ? number : max;
      flat += number.flat;
      flatDivisor += number.flatDivisor;
      cum += number.cum;
      cumDivisor += number.cumDivisor;
    }
    // Not in the unit of the report, in which most labels would be zero.
    String smallest = Measurement.label(min.value, min.unit);
    String name =
        group.size() == 1 ? smallest : smallest + ".." + Measurement.label(max.value, max.unit);
    return new Nodelets.Bucket(name, GoMath.mean(flat, flatDivisor), GoMath.mean(cum, cumDivisor));
  }
}
