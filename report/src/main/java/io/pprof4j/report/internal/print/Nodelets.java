// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.internal.graph.NodeLabels;
import io.pprof4j.report.internal.text.ByteOrder;
import io.pprof4j.report.internal.text.ValueFormat;
import io.pprof4j.report.layout.DrawEdge;
import io.pprof4j.report.layout.DrawNode;
import io.pprof4j.report.layout.Label;
import io.pprof4j.report.layout.Rgb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws the labels of a node as small boxes below it. */
final class Nodelets {
  private static final int FONT = 8;
  private static final int WEIGHT = 100;

  private final NodeLabels labels;
  private final ValueFormat format;
  private final List<DrawNode> nodes;
  private final List<DrawEdge> edges;

  Nodelets(NodeLabels labels, ValueFormat format, List<DrawNode> nodes, List<DrawEdge> edges) {
    this.labels = labels;
    this.format = format;
    this.nodes = nodes;
    this.edges = edges;
  }

  /**
   * Adds the boxes of a node; whether there are any.
   *
   * @param node number in the graph
   * @param index index in the picture
   * @param flat whether only the node's own labels count; a leaf shows also those of nodes it
   *     called that are not in the picture
   */
  boolean add(int node, int index, boolean flat) {
    int before = nodes.size();
    List<NodeLabels.Weight> texts = new ArrayList<>(labels.texts(node));
    texts.sort(order(flat));
    String name = nodes.get(index).name();
    for (int at = 0; at < Math.min(texts.size(), NodeLabels.SHOWN); at++) {
      NodeLabels.Weight text = texts.get(at);
      long weight = flat ? text.flatValue() : text.cumValue();
      if (weight != 0) {
        String own = name + "_" + at;
        int box = box(own, text.name, index, weight, DrawEdge.Pen.Style.SOLID);
        numbers(labels.numbers(node, text.name), box, own, flat);
      }
    }
    numbers(labels.numbers(node, ""), index, name, flat);
    return nodes.size() > before;
  }

  private static Comparator<NodeLabels.Weight> order(boolean flat) {
    // Not by Comparator.comparing, whose lambdas no archive keeps: 10 ms of a short run.
    return (a, b) -> {
      int byCum = flat ? 0 : Long.compare(Math.abs(b.cum), Math.abs(a.cum));
      int byFlat = byCum != 0 ? byCum : Long.compare(Math.abs(b.flat), Math.abs(a.flat));
      return byFlat != 0 ? byFlat : ByteOrder.compare(a.name, b.name);
    };
  }

  private void numbers(
      List<NodeLabels.Weight> numbers, int source, String sourceName, boolean flat) {
    List<Bucket> buckets = NumberBuckets.of(numbers, NodeLabels.SHOWN, order(flat), flat);
    for (int at = 0; at < buckets.size(); at++) {
      Bucket bucket = buckets.get(at);
      boolean own = flat || bucket.flat() == bucket.cum();
      long weight = own ? bucket.flat() : bucket.cum();
      if (weight != 0) {
        DrawEdge.Pen.Style style = own ? DrawEdge.Pen.Style.SOLID : DrawEdge.Pen.Style.DOTTED;
        box("N" + sourceName + "_" + at, bucket.name(), source, weight, style);
      }
    }
  }

  /** Adds a box and the edge that leads to it; its index. */
  private int box(String name, String text, int source, long weight, DrawEdge.Pen.Style style) {
    String value = format.text(weight);
    nodes.add(
        new DrawNode(
            name,
            name,
            Label.centered(List.of(text.split("\n", -1)), FONT),
            DrawNode.Shape.BOX3D,
            Rgb.DEFAULT,
            Rgb.DEFAULT,
            value));
    edges.add(
        new DrawEdge(
            source,
            nodes.size() - 1,
            Label.centered(List.of(" " + value)),
            new DrawEdge.Pull(WEIGHT, 1),
            new DrawEdge.Pen(1, Rgb.DEFAULT, style),
            value));
    return nodes.size() - 1;
  }

  /**
   * Numbers that are shown as one.
   *
   * @param name the number, or the smallest and the largest one
   * @param flat their own value
   * @param cum their value and that of what was called
   */
  record Bucket(String name, long flat, long cum) {}
}
