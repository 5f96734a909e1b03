// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Arrow;
import io.pprof4j.report.layout.Layout.Point;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The layout that an installed Graphviz makes of the same graph, with the same sizes. */
final class Dot {
  private Dot() {}

  static boolean isInstalled() {
    try {
      return new ProcessBuilder("dot", "-V").redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Layout layout(LayoutGraph graph) throws IOException {
    Process process =
        new ProcessBuilder("dot", "-Tplain").redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(dot(graph).getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream in = process.getInputStream()) {
      return parse(graph, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** What the layout takes of the processor, user and system, with the start of the program. */
  static long cpuMillis(LayoutGraph graph) throws IOException {
    Process process = new ProcessBuilder("sh", "-c", "dot -Tplain >/dev/null 2>&1; times").start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(dot(graph).getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream in = process.getInputStream()) {
      String[] words = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\\s+", -1);
      // The shell's own times come first, then those of its children.
      return millis(words[2]) + millis(words[3]);
    }
  }

  /** Reads {@code 0m0.123s}. */
  private static long millis(String time) {
    int minutes = time.indexOf('m');
    double seconds = Double.parseDouble(time.substring(minutes + 1, time.length() - 1));
    return Math.round(1000 * (60 * Long.parseLong(time.substring(0, minutes)) + seconds));
  }

  private static String dot(LayoutGraph graph) {
    StringBuilder dot =
        new StringBuilder("digraph g {\nnode [shape=box fixedsize=true label=\"\"]\n");
    for (int node = 0; node < graph.nodes().size(); node++) {
      LayoutGraph.Size size = graph.nodes().get(node);
      dot.append(
          "n%d [width=%.4f height=%.4f]\n".formatted(node, size.width() / 72, size.height() / 72));
    }
    for (int edge = 0; edge < graph.edges().size(); edge++) {
      LayoutGraph.Edge e = graph.edges().get(edge);
      String label =
          e.label().isEmpty()
              ? ""
              : " label=<<table border=\"0\" fixedsize=\"true\" width=\"%d\" height=\"%d\"><tr><td></td></tr></table>>"
                  .formatted(Math.round(e.label().width() - 2), Math.round(e.label().height() - 2));
      // The tooltip is no part of the plain output; the order of edges is found by their ends.
      dot.append(
          "n%d -> n%d [weight=%d minlen=%d%s]\n"
              .formatted(e.from(), e.to(), e.weight(), e.minLen(), label));
    }
    return dot.append("}\n").toString();
  }

  private static Layout parse(LayoutGraph graph, String plain) {
    List<Point> nodes = new ArrayList<>(Collections.nCopies(graph.nodes().size(), new Point(0, 0)));
    List<Arrow> arrows = new ArrayList<>(Collections.nCopies(graph.edges().size(), null));
    double width = 0;
    double height = 0;
    for (String line : plain.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("graph")) {
        width = inches(words[2]);
        height = inches(words[3]);
      } else if (words[0].equals("node")) {
        nodes.set(index(words[1]), new Point(inches(words[2]), height - inches(words[3])));
      } else if (words[0].equals("edge")) {
        arrows.set(edgeOf(graph, arrows, index(words[1]), index(words[2])), arrow(words, height));
      }
    }
    return new Layout(width, height, nodes, arrows);
  }

  private static int edgeOf(LayoutGraph graph, List<Arrow> taken, int from, int to) {
    for (int edge = 0; edge < taken.size(); edge++) {
      LayoutGraph.Edge e = graph.edges().get(edge);
      if (taken.get(edge) == null && e.from() == from && e.to() == to) {
        return edge;
      }
    }
    throw new IllegalStateException("dot drew an edge that is not in the graph");
  }

  private static Arrow arrow(String[] words, double height) {
    List<Point> curve = new ArrayList<>();
    int count = Integer.parseInt(words[3]);
    for (int point = 0; point < count; point++) {
      curve.add(new Point(inches(words[4 + 2 * point]), height - inches(words[5 + 2 * point])));
    }
    return new Arrow(curve, curve.get(count - 1), Optional.empty());
  }

  private static int index(String name) {
    return Integer.parseInt(name.substring(1));
  }

  private static double inches(String number) {
    return 72 * Double.parseDouble(number);
  }
}
