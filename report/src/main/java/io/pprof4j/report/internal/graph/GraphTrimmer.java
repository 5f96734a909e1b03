// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.internal.request.NodeRules;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.text.GoMath;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Builds the graph of a report and reduces it to what the options let through, in pprof's order:
 * light nodes go, then those beyond the node count, then light edges; each step rebuilds the edges
 * of the nodes that stay.
 */
public final class GraphTrimmer {
  /** What a report needs besides the values of the nodes. */
  public enum Needs {
    /** Nothing. */
    NODES,
    /** The edges. */
    EDGES,
    /** Edges, labels of nodes, and a choice of nodes that makes a good picture. */
    PICTURE
  }

  private final Profile profile;
  private final ReportOptions options;
  private Needs needs;
  private final boolean callTree;
  private final GraphBuilder builder;
  private final NodeLabels.Source labelSource;
  private final Graph graph;
  private int droppedNodes;

  /** By node: one of these is an end of each edge; null for all. */
  private boolean @Nullable [] ends;

  /** Builds the graph, or the call tree, of a report. */
  public GraphTrimmer(Report report, NodeRules rules, Needs needs, boolean callTree) {
    this.profile = report.profile();
    this.options = report.options();
    this.needs = needs;
    this.callTree = callTree;
    NodeTable table = new NodeTable(profile, rules);
    StackWeights weights = new StackWeights(profile, report.values());
    this.builder = new GraphBuilder(profile, table, weights);
    if (callTree) {
      TreeBuilder tree = new TreeBuilder(profile, table, weights);
      this.graph = tree.build();
      this.labelSource = new NodeLabels.Source(report, tree);
    } else {
      this.graph = builder.nodes();
      this.labelSource = new NodeLabels.Source(report, builder);
    }
  }

  /** The graph without trimming and without edges. */
  public static Graph untrimmed(Report report, NodeRules rules) {
    GraphTrimmer trimmer = new GraphTrimmer(report, rules, Needs.NODES, false);
    trimmer.graph.showUsed(report.options().get(ReportOption.DROP_NEGATIVE));
    return trimmer.graph;
  }

  /** As {@link #trim}, with edges if they tell which nodes were inlined. */
  public static TrimmedGraph withInlining(Report report, NodeRules rules) {
    GraphTrimmer trimmer = new GraphTrimmer(report, rules, Needs.NODES, false);
    if (trimmer.graph.table.hasInlines) {
      trimmer.needs = Needs.EDGES;
    }
    return trimmer.trim();
  }

  /**
   * As {@link #trim}, but of the edges only those of some nodes, which are a few of many.
   *
   * @param name tells the nodes
   */
  public TrimmedGraph trimWithEdgesOf(Predicate<String> name) {
    ends = new boolean[graph.size()];
    for (int node = 0; node < ends.length; node++) {
      ends[node] = name.test(graph.name(node));
    }
    return trim();
  }

  /** Leaves out what is too light, as the options ask. */
  public TrimmedGraph trim() {
    graph.showUsed(options.get(ReportOption.DROP_NEGATIVE));
    long total = 0;
    for (int node : graph.shown) {
      total += graph.flat[node];
    }
    long nodeCutoff = cutoff(total, options.get(ReportOption.NODE_FRACTION));
    long edgeCutoff = cutoff(total, options.get(ReportOption.EDGE_FRACTION));
    boolean[] kept = dropLightNodes(nodeCutoff);
    int candidates = graph.shown.length;
    buildEdges(kept, needs == Needs.PICTURE);
    sort();
    boolean reduced = limit(nodeCutoff, edgeCutoff, kept);
    int droppedEdges = dropLightEdges(edgeCutoff);
    if (needs == Needs.PICTURE) {
      new RedundantEdges(graph).remove();
    }
    boolean countsEdges = reduced || options.get(ReportOption.NODE_COUNT) <= 0;
    return new TrimmedGraph(
        graph,
        new TrimmedGraph.Dropped(candidates, droppedNodes, countsEdges ? droppedEdges : 0),
        needs == Needs.PICTURE
            ? labelSource.labels(graph, nodeCutoff, graph.shown.length)
            : NodeLabels.NONE);
  }

  private static long cutoff(long total, double fraction) {
    return Math.abs(GoMath.toLong(total * fraction));
  }

  /** The nodes to keep by number, or null for all. */
  private boolean @Nullable [] dropLightNodes(long cutoff) {
    if (cutoff <= 0) {
      return null;
    }
    int[] heavy = new int[graph.shown.length];
    int count = 0;
    for (int node : graph.shown) {
      if (Math.abs(graph.cum[node]) >= cutoff) {
        heavy[count++] = node;
      }
    }
    if (count == heavy.length) {
      return null;
    }
    droppedNodes = heavy.length - count;
    return keep(Arrays.copyOf(heavy, count));
  }

  private boolean[] keep(int[] nodes) {
    boolean[] kept = new boolean[graph.size()];
    for (int node : nodes) {
      kept[node] = true;
    }
    if (callTree) {
      TreeTrimmer.trim(graph, kept);
    }
    graph.shown = nodes;
    return kept;
  }

  /** The edges of a tree exist from the start and are trimmed with its nodes. */
  private void buildEdges(boolean @Nullable [] kept, boolean now) {
    if (now && !callTree) {
      graph.edges = builder.edges(new EdgeSums.Choice(kept, ends));
    }
  }

  private void sort() {
    if (needs == Needs.PICTURE) {
      GraphOrder.byEntropy(graph);
    } else {
      GraphOrder.byValue(graph, options.get(ReportOption.SORT).equals("cum"));
    }
  }

  /** Keeps the first nodes only; whether that left out any. */
  private boolean limit(long nodeCutoff, long edgeCutoff, boolean @Nullable [] kept) {
    long count = options.get(ReportOption.NODE_COUNT);
    if (count <= 0) {
      buildEdges(kept, needs == Needs.EDGES);
      return false;
    }
    int[] top = Arrays.copyOf(graph.shown, selected(count, nodeCutoff));
    if (top.length == graph.shown.length) {
      buildEdges(kept, needs == Needs.EDGES);
      return false;
    }
    if (callTree) {
      dropLightEdges(edgeCutoff);
    }
    buildEdges(keep(top), needs != Needs.NODES);
    sort();
    return true;
  }

  /** How many of the nodes shown fit; in a picture labels take room too. */
  private int selected(long count, long nodeCutoff) {
    int limit = (int) Math.min(count, graph.shown.length);
    if (needs != Needs.PICTURE) {
      return limit;
    }
    // Each node takes room for one at least, so none beyond the limit can be selected.
    NodeLabels labels = labelSource.labels(graph, nodeCutoff, limit);
    long used = 0;
    for (int at = 0; at < limit; at++) {
      used += 1 + Math.min(labels.flatCount(graph.shown[at]), NodeLabels.SHOWN);
      if (used >= count) {
        return at + 1;
      }
    }
    return limit;
  }

  /** Removes edges into the nodes shown that weigh too little; how many. */
  private int dropLightEdges(long cutoff) {
    Edges edges = graph.edges;
    boolean[] isShown = new boolean[graph.size()];
    for (int node : graph.shown) {
      isShown[node] = true;
    }
    int dropped = 0;
    for (int edge = 0; edge < edges.size(); edge++) {
      if (!edges.removed[edge]
          && isShown[edges.target[edge]]
          && Math.abs(edges.weight[edge]) < cutoff) {
        edges.removed[edge] = true;
        dropped++;
      }
    }
    return dropped;
  }
}
