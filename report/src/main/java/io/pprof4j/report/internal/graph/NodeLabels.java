// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.LabelSets;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Samples;
import io.pprof4j.report.Measurement;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.request.SampleValues;
import io.pprof4j.report.internal.text.ByteOrder;
import io.pprof4j.report.internal.text.GoMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The labels of the samples of each node ("nodelets"): a text of all textual labels of a sample,
 * and below each such text the numbers of the label {@code bytes}.
 *
 * <p>A label is numbered once; the weights of the labels of nodes are columns, found by node and
 * label as a pair.
 */
public final class NodeLabels {
  /** How many texts, and how many numbers, a picture shows of a node. */
  public static final int SHOWN = 4;

  static final NodeLabels NONE = new NodeLabels(Map.of());

  /** The only numeric label that pictures show. */
  private static final String NUMERIC_KEY = "bytes";

  private final Map<Integer, List<Weight>> nodes;

  private NodeLabels(Map<Integer, List<Weight>> nodes) {
    this.nodes = nodes;
  }

  /**
   * What is known of a label.
   *
   * @param text the text of all textual labels of its samples
   * @param name what is shown: the text, or a number
   * @param unit unit of the number
   * @param value the number
   * @param number whether it is one
   */
  private record Kind(String text, String name, String unit, long value, boolean number) {
    /** Numbers that look alike are the same label, whatever they are exactly. */
    List<Object> identity() {
      return List.of(text, name, number);
    }
  }

  /** A label of a node and its weight. */
  public static final class Weight {
    /** The text, or the number with its unit. */
    public final String name;

    /** The unit of the number; empty for a text. */
    public final String unit;

    /** The number; 0 for a text. */
    public final long value;

    private final Kind kind;

    /** Sum of the samples that end in the node. */
    public long flat;

    /** What that sum is divided by for a mean. */
    public long flatDivisor;

    /** Sum of the samples that pass through the node. */
    public long cum;

    /** What that sum is divided by for a mean. */
    public long cumDivisor;

    private Weight(Kind kind) {
      this.kind = kind;
      this.name = kind.name;
      this.unit = kind.unit;
      this.value = kind.value;
    }

    /** The weight of the node itself, or its mean. */
    public long flatValue() {
      return GoMath.mean(flat, flatDivisor);
    }

    /** The weight of the node and all it called, or its mean. */
    public long cumValue() {
      return GoMath.mean(cum, cumDivisor);
    }
  }

  /** The texts of a node that are heavy enough. */
  public List<Weight> texts(int node) {
    return select(node, label -> !label.kind.number);
  }

  /** The numbers of the samples of a node that have a text; none for an unknown text. */
  public List<Weight> numbers(int node, String text) {
    return select(node, label -> label.kind.number && label.kind.text.equals(text));
  }

  private List<Weight> select(int node, Predicate<Weight> wanted) {
    List<Weight> selected = new ArrayList<>();
    for (Weight label : nodes.getOrDefault(node, List.of())) {
      if (wanted.test(label)) {
        selected.add(label);
      }
    }
    return selected;
  }

  /** How many labels of a node have a weight of their own. */
  int flatCount(int node) {
    return select(node, label -> label.flat != 0).size();
  }

  /** The nodes of a stack. */
  interface StackNodes {
    /**
     * All nodes of a stack, each once, the one with the stack's own value first.
     *
     * @param leafFirst receives them; it has room for every frame and one more
     * @return how many there are
     */
    int ofStack(int stack, int[] leafFirst);
  }

  /** What labels are summed from. */
  static final class Source {
    private final Profile profile;
    private final SampleValues values;
    private final StackNodes stackNodes;
    private final String unit;
    private final String outputUnit;
    private final List<Kind> kinds = new ArrayList<>();
    private final Map<List<Object>, Integer> kindNumbers = new HashMap<>();
    private final LabelColumns columns = new LabelColumns();

    /** Nodes shown, by number, and their labels, once they are known. */
    private int[] shown = new int[0];

    private Edges rows = new Edges();

    Source(Report report, StackNodes stackNodes) {
      this.profile = report.profile();
      this.values = report.values();
      this.stackNodes = stackNodes;
      this.unit = report.labelUnits().getOrDefault(NUMERIC_KEY, "");
      this.outputUnit = report.options().get(ReportOption.UNIT);
    }

    /**
     * Sums the labels of the first nodes shown; those below the cutoff are left out. A second call
     * must not ask for other nodes, and answers what the first did.
     *
     * @param limit of how many nodes
     */
    NodeLabels labels(Graph graph, long cutoff, int limit) {
      if (kinds.isEmpty()) {
        int[][] ofSet = number(profile.labelSets());
        if (!kinds.isEmpty()) {
          sum(graph, ofSet, limit);
        }
      }
      Map<Integer, List<Weight>> nodes = new HashMap<>();
      for (int row = 0; row < rows.size(); row++) {
        Weight label = new Weight(kinds.get(rows.target[row]));
        columns.read(row, label);
        if (Math.abs(label.flat) >= cutoff || Math.abs(label.cum) >= cutoff) {
          nodes.computeIfAbsent(shown[rows.source[row]], node -> new ArrayList<>()).add(label);
        }
      }
      return new NodeLabels(nodes);
    }

    /** The labels of each label list, once for each time they occur in it. */
    private int[][] number(LabelSets sets) {
      int[][] ofSet = new int[sets.size()][];
      for (int set = 0; set < ofSet.length; set++) {
        Interrupts.check(set);
        List<String> texts = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        split(sets, set, texts, numbers);
        texts.sort(ByteOrder.COMPARATOR);
        String text = String.join("\n", texts);
        int[] found = new int[numbers.size() + (texts.isEmpty() ? 0 : 1)];
        int count = 0;
        if (!texts.isEmpty()) {
          found[count++] = number(new Kind(text, text, "", 0, false));
        }
        for (long number : numbers) {
          String name = Measurement.label(number, unit, outputUnit);
          found[count++] = number(new Kind(text, name, unit, number, true));
        }
        ofSet[set] = found;
      }
      return ofSet;
    }

    private static void split(LabelSets sets, int set, List<String> texts, List<Long> numbers) {
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
    }

    private int number(Kind kind) {
      Integer number = kindNumbers.putIfAbsent(kind.identity(), kinds.size());
      if (number != null) {
        return number;
      }
      kinds.add(kind);
      return kinds.size() - 1;
    }

    private void sum(Graph graph, int[][] ofSet, int limit) {
      shown = Arrays.copyOf(graph.shown, limit);
      int[] numberOfNode = new int[graph.size()];
      Arrays.fill(numberOfNode, -1);
      for (int at = 0; at < limit; at++) {
        numberOfNode[shown[at]] = at;
      }
      PairNumbers numbers = new PairNumbers(limit, kinds.size());
      LabelSetSums sums = new LabelSetSums(limit);
      Samples samples = profile.samples();
      int[] stack = new int[graph.table.framesOfDeepestStack() + 1];
      int lastSet = 0;
      int turn = 0;
      for (int sample : samplesBySet(samples, ofSet.length)) {
        Interrupts.check(turn++);
        int set = samples.labels(sample);
        long weight = values.value(samples, sample);
        long divisor = values.divisor(samples, sample);
        if (ofSet[set].length == 0 || (weight == 0 && divisor == 0)) {
          continue;
        }
        if (set != lastSet) {
          sums.moveTo(ofSet[lastSet], columns, numbers);
          lastSet = set;
        }
        int count = stackNodes.ofStack(samples.stack(sample), stack);
        for (int at = 0; at < count; at++) {
          int node = numberOfNode[stack[at]];
          if (node >= 0) {
            sums.add(node, at == 0, weight, divisor);
          }
        }
      }
      sums.moveTo(ofSet[lastSet], columns, numbers);
      rows = numbers.pairs();
    }

    /** All samples, those with the same labels one after the other. */
    private static int[] samplesBySet(Samples samples, int sets) {
      int[] next = new int[sets + 1];
      for (int sample = 0; sample < samples.size(); sample++) {
        next[samples.labels(sample) + 1]++;
      }
      for (int set = 0; set < sets; set++) {
        next[set + 1] += next[set];
      }
      int[] order = new int[samples.size()];
      for (int sample = 0; sample < order.length; sample++) {
        order[next[samples.labels(sample)]++] = sample;
      }
      return order;
    }
  }

  /**
   * The weights of nodes in the samples of one label list. They fit into a cache, which those of
   * all labels do not: with ten thousand label lists this is four times as fast.
   */
  private static final class LabelSetSums {
    private final int[] met;
    private int count;
    private final boolean[] isMet;
    private final long[] flat;
    private final long[] flatDivisor;
    private final long[] cum;
    private final long[] cumDivisor;

    LabelSetSums(int nodes) {
      met = new int[nodes];
      isMet = new boolean[nodes];
      flat = new long[nodes];
      flatDivisor = new long[nodes];
      cum = new long[nodes];
      cumDivisor = new long[nodes];
    }

    void add(int node, boolean leaf, long weight, long divisor) {
      if (!isMet[node]) {
        isMet[node] = true;
        met[count++] = node;
      }
      cum[node] += weight;
      cumDivisor[node] += divisor;
      if (leaf) {
        flat[node] += weight;
        flatDivisor[node] += divisor;
      }
    }

    /** Adds the weights to those of the list's labels and starts anew. */
    void moveTo(int[] labels, LabelColumns columns, PairNumbers numbers) {
      for (int at = 0; at < count; at++) {
        int node = met[at];
        for (int label : labels) {
          int row = numbers.of(node, label);
          columns.add(row, flat[node], flatDivisor[node]);
          columns.addCum(row, cum[node], cumDivisor[node]);
        }
        isMet[node] = false;
        flat[node] = 0;
        flatDivisor[node] = 0;
        cum[node] = 0;
        cumDivisor[node] = 0;
      }
      count = 0;
    }
  }

  /** The weights of labels of nodes, by row of the table. */
  private static final class LabelColumns {
    private long[] flat = new long[64];
    private long[] flatDivisor = new long[64];
    private long[] cum = new long[64];
    private long[] cumDivisor = new long[64];

    void add(int row, long weight, long divisor) {
      if (row >= flat.length) {
        grow(Math.max(row + 1, flat.length * 2));
      }
      flat[row] += weight;
      flatDivisor[row] += divisor;
    }

    /** After {@link #add}, which makes room. */
    void addCum(int row, long weight, long divisor) {
      cum[row] += weight;
      cumDivisor[row] += divisor;
    }

    private void grow(int capacity) {
      flat = Arrays.copyOf(flat, capacity);
      flatDivisor = Arrays.copyOf(flatDivisor, capacity);
      cum = Arrays.copyOf(cum, capacity);
      cumDivisor = Arrays.copyOf(cumDivisor, capacity);
    }

    void read(int row, Weight label) {
      label.flat = flat[row];
      label.flatDivisor = flatDivisor[row];
      label.cum = cum[row];
      label.cumDivisor = cumDivisor[row];
    }
  }
}
