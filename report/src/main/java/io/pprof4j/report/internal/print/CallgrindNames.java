// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.NodeInfo;
import io.pprof4j.report.internal.graph.Graph;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names for the nodes of a graph by which callgrind keeps apart what it would merge: functions of
 * equal file and name get {@code [1/2]}, {@code [2/2]} behind their name.
 */
final class CallgrindNames {
  /** What callgrind tells functions apart by. */
  private record Key(String file, String name) {}

  /** What a graph tells functions apart by; in a call tree also by the caller. */
  private record Identity(int parent, NodeInfo function) {}

  private CallgrindNames() {}

  /**
   * Names by node. A node that the graph does not show has none, even if it is the end of an edge:
   * a function whose samples cancel each other out, called by one whose samples do not.
   */
  static String[] of(Graph graph) {
    Map<Key, Map<Identity, Integer>> functions = new HashMap<>();
    Identity[] identities = new Identity[graph.size()];
    for (int node : graph.shown) {
      NodeInfo info = graph.info(node);
      identities[node] = new Identity(graph.parent(node), info.function());
      Map<Identity, Integer> alike =
          functions.computeIfAbsent(
              new Key(info.file(), info.name()), key -> new LinkedHashMap<>());
      alike.putIfAbsent(identities[node], alike.size() + 1);
    }
    String[] names = new String[graph.size()];
    Arrays.fill(names, "");
    for (int node : graph.shown) {
      NodeInfo info = graph.info(node);
      Map<Identity, Integer> alike =
          functions.getOrDefault(new Key(info.file(), info.name()), Map.of());
      names[node] =
          alike.size() > 1
              ? info.name() + " [" + alike.get(identities[node]) + "/" + alike.size() + "]"
              : info.name();
    }
    return names;
  }
}
