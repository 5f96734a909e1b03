// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Graphs to lay out: recorded ones and generated call graphs. */
final class TestGraphs {
  private TestGraphs() {}

  /** Reads lines {@code node WIDTH HEIGHT} and {@code edge FROM TO WEIGHT MINLEN WIDTH HEIGHT}. */
  static LayoutGraph parse(String text) {
    List<LayoutGraph.Size> nodes = new ArrayList<>();
    List<LayoutGraph.Edge> edges = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("node")) {
        nodes.add(size(words[1], words[2]));
      } else if (words[0].equals("edge")) {
        edges.add(
            new LayoutGraph.Edge(
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                size(words[5], words[6])));
      }
    }
    return new LayoutGraph(nodes, edges);
  }

  private static LayoutGraph.Size size(String width, String height) {
    return new LayoutGraph.Size(Double.parseDouble(width), Double.parseDouble(height));
  }

  static LayoutGraph recorded(String name) throws IOException {
    try (InputStream in = TestGraphs.class.getResourceAsStream("/layout/" + name + ".txt")) {
      if (in == null) {
        throw new IOException("no graph " + name);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * A call graph as profiles have them: stacks from one root, in which few functions are called by
   * many (Zipf), and some call back.
   */
  static LayoutGraph callGraph(int functions, int calls, long seed) {
    Random random = new Random(seed);
    List<LayoutGraph.Size> nodes = new ArrayList<>();
    for (int node = 0; node < functions; node++) {
      double scale = 1 + 2 * Math.pow(random.nextDouble(), 6);
      nodes.add(new LayoutGraph.Size((50 + random.nextInt(50)) * scale, 36 * scale));
    }
    List<LayoutGraph.Edge> edges = new ArrayList<>();
    Set<Long> known = new HashSet<>();
    for (int node = 1; node < functions; node++) {
      // A function's first caller is a recent one, so that the stacks are deep.
      int caller = Math.max(0, node - 1 - (int) (Math.pow(random.nextDouble(), 2) * 30));
      add(edges, known, caller, node, functions, random);
    }
    while (edges.size() < calls) {
      int caller = random.nextInt(functions);
      int callee = (int) (functions * Math.pow(random.nextDouble(), 0.4));
      boolean back = random.nextInt(50) == 0;
      if (back || caller < callee) {
        add(edges, known, caller, callee, functions, random);
      }
    }
    return new LayoutGraph(nodes, edges);
  }

  private static void add(
      List<LayoutGraph.Edge> edges,
      Set<Long> known,
      int from,
      int to,
      int functions,
      Random random) {
    if (known.add((long) from * functions + to)) {
      int weight = 1 + (int) (100 * Math.pow(random.nextDouble(), 8 + from / 4.0));
      edges.add(
          new LayoutGraph.Edge(
              from, to, weight, 1, new LayoutGraph.Size(30 + random.nextInt(25), 19)));
    }
  }
}
