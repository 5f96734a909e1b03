// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.LabelSets;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Samples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The labels of the samples of each node ("nodelets"): a text of all textual labels of a sample,
 * and below each such text the numbers of the label {@code bytes}.
 */
final class NodeLabels {
  /** How many texts, and how many numbers, a picture shows of a node. */
  static final int SHOWN = 4;

  static final NodeLabels NONE = new NodeLabels(Map.of(), 0);

  /** The only numeric label that pictures show. */
  private static final String NUMERIC_KEY = "bytes";

  private final Map<Integer, OfNode> nodes;
  private final long cutoff;

  private NodeLabels(Map<Integer, OfNode> nodes, long cutoff) {
    this.nodes = nodes;
    this.cutoff = cutoff;
  }

  /** Labels of one node. */
  private static final class OfNode {
    final Map<String, Weight> texts = new LinkedHashMap<>();
    final Map<String, Map<String, Weight>> numbers = new HashMap<>();
  }

  /** A label and its weight. */
  static final class Weight {
    final String name;
    final String unit;
    final long value;
    long flat;
    long flatDivisor;
    long cum;
    long cumDivisor;

    Weight(String name, String unit, long value) {
      this.name = name;
      this.unit = unit;
      this.value = value;
    }

    long flatValue() {
      return GoMath.mean(flat, flatDivisor);
    }

    long cumValue() {
      return GoMath.mean(cum, cumDivisor);
    }

    private void add(boolean leaf, long weight, long divisor) {
      cum += weight;
      cumDivisor += divisor;
      if (leaf) {
        flat += weight;
        flatDivisor += divisor;
      }
    }
  }

  /** The texts of a node that are heavy enough. */
  List<Weight> texts(int node) {
    OfNode labels = nodes.get(node);
    return labels == null ? List.of() : heavy(labels.texts.values());
  }

  /** The numbers of the samples of a node that have a text; none for an unknown text. */
  List<Weight> numbers(int node, String text) {
    OfNode labels = nodes.get(node);
    Map<String, Weight> numbers = labels == null ? null : labels.numbers.get(text);
    return numbers == null ? List.of() : heavy(numbers.values());
  }

  /** How many labels of a node have a weight of their own. */
  int flatCount(int node) {
    OfNode labels = nodes.get(node);
    if (labels == null) {
      return 0;
    }
    List<Weight> all = new ArrayList<>(heavy(labels.texts.values()));
    labels.numbers.values().forEach(numbers -> all.addAll(heavy(numbers.values())));
    return (int) all.stream().filter(label -> label.flat != 0).count();
  }

  private List<Weight> heavy(Collection<Weight> labels) {
    return labels.stream()
        .filter(label -> Math.abs(label.flat) >= cutoff || Math.abs(label.cum) >= cutoff)
        .toList();
  }

  /** The nodes of a stack. */
  interface StackNodes {
    /** All nodes of a stack, each once; the last one has the stack's own value. */
    int[] ofStack(int stack);
  }

  /** What labels are summed from. */
  static final class Source {
    private final Profile profile;
    private final SampleValues values;
    private final StackNodes stackNodes;
    private final String unit;
    private final String outputUnit;

    Source(Report report, StackNodes stackNodes) {
      this.profile = report.profile();
      this.values = report.values();
      this.stackNodes = stackNodes;
      this.unit = report.labelUnits().getOrDefault(NUMERIC_KEY, "");
      this.outputUnit = report.options().get(ReportOption.UNIT);
    }

    /** Sums the labels of the nodes shown; those below the cutoff are left out. */
    NodeLabels labels(Graph graph, long cutoff) {
      LabelSets sets = profile.labelSets();
      @Nullable Labels[] ofSet = new Labels[sets.size()];
      for (int set = 0; set < sets.size(); set++) {
        ofSet[set] = Labels.of(sets, set);
      }
      Map<Integer, OfNode> nodes = new HashMap<>();
      boolean[] isShown = new boolean[graph.size()];
      for (int node : graph.shown) {
        isShown[node] = true;
      }
      Samples samples = profile.samples();
      for (int sample = 0; sample < samples.size(); sample++) {
        Labels labels = ofSet[samples.labels(sample)];
        long weight = values.value(samples, sample);
        long divisor = values.divisor(samples, sample);
        if (labels == null || (weight == 0 && divisor == 0)) {
          continue;
        }
        int[] stack = stackNodes.ofStack(samples.stack(sample));
        for (int at = 0; at < stack.length; at++) {
          if (isShown[stack[at]]) {
            OfNode ofNode = nodes.computeIfAbsent(stack[at], added -> new OfNode());
            add(ofNode, labels, at == stack.length - 1, weight, divisor);
          }
        }
      }
      return new NodeLabels(nodes, cutoff);
    }

    private void add(OfNode node, Labels labels, boolean leaf, long weight, long divisor) {
      if (!labels.text.isEmpty()) {
        node.texts
            .computeIfAbsent(labels.text, name -> new Weight(name, "", 0))
            .add(leaf, weight, divisor);
      }
      for (long number : labels.numbers) {
        node.numbers
            .computeIfAbsent(labels.text, text -> new LinkedHashMap<>())
            .computeIfAbsent(
                Measurement.label(number, unit, outputUnit), name -> new Weight(name, unit, number))
            .add(leaf, weight, divisor);
      }
    }
  }

  /** What a picture shows of a label list. */
  private record Labels(String text, List<Long> numbers) {

    /** Null if it shows nothing. */
    static @Nullable Labels of(LabelSets sets, int set) {
      List<String> texts = new ArrayList<>();
      List<Long> numbers = new ArrayList<>();
      for (int label = 0; label < sets.count(set); label++) {
        String key = sets.key(set, label);
        if (!sets.isNumber(set, label)) {
          if (!key.equals(Profile.DIFF_BASE_KEY)) {
            texts.add(key + ":" + sets.text(set, label));
          }
        } else if (key.equals(NUMERIC_KEY)) {
          numbers.add(sets.number(set, label));
        }
      }
      texts.sort(ByteOrder.COMPARATOR);
      return texts.isEmpty() && numbers.isEmpty()
          ? null
          : new Labels(String.join("\n", texts), List.copyOf(numbers));
    }
  }
}
