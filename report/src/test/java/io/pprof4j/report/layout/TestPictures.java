// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.DrawEdge.Pen;
import io.pprof4j.report.layout.DrawEdge.Pull;
import io.pprof4j.report.layout.DrawNode.Shape;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Graphs to draw. */
final class TestPictures {
  static final Rgb RED = new Rgb(0xB20000);
  static final Rgb PINK = new Rgb(0xEDD5D5);

  private TestPictures() {}

  /** A node of that name, its nodelet, a dotted edge between them, a loop, and a legend. */
  static DrawGraph of(String name) {
    DrawNode caller = node("node1", List.of(name, "1s (50%)"), Shape.BOX);
    DrawNode callee = node("node2", List.of("work", "2s (50%)"), Shape.BOX3D);
    DrawEdge call =
        new DrawEdge(
            0,
            1,
            Label.centered(List.of(" 3s")),
            Pull.DEFAULT,
            new Pen(6, RED, Pen.Style.DOTTED),
            "");
    DrawEdge loop = new DrawEdge(1, 1, Label.centered(List.of()), Pull.DEFAULT, Pen.DEFAULT, "");
    return new DrawGraph(
        name, List.of("File: " + name), List.of(caller, callee), List.of(call, loop));
  }

  /** Nodes without text, each calling the next. */
  static DrawGraph chain(int count, Pen pen) {
    // An empty label keeps letters, whose pixels depend on the machine's fonts, out of the way.
    Label none = Label.centered(List.of());
    DrawNode node = new DrawNode("n", "n", none, Shape.BOX, RED, PINK, "");
    List<DrawEdge> edges =
        IntStream.range(1, count)
            .mapToObj(callee -> new DrawEdge(callee - 1, callee, none, Pull.DEFAULT, pen, ""))
            .toList();
    return new DrawGraph("chain", List.of(), Collections.nCopies(count, node), edges);
  }

  /** How many pixels have exactly that colour. */
  static int count(BufferedImage image, Rgb color) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == color.value() ? 1 : 0;
      }
    }
    return count;
  }

  private static DrawNode node(String id, List<String> lines, Shape shape) {
    return new DrawNode(id, id, Label.centered(lines, 12), shape, RED, PINK, "");
  }
}
