// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static java.util.Objects.requireNonNull;

import io.pprof4j.profile.internal.column.IntColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which labels to turn into frames (pprof's tagroot and tagleaf). The function of such a frame has
 * the label's key as its file, and the text that {@code name} gives as its name.
 *
 * @param rootKeys keys of labels to add above the root; the first is outermost
 * @param leafKeys keys of labels to add below the leaf; the last is innermost
 * @param name names the frame of the labels that a sample has for one key; it is also asked for the
 *     empty list, when the sample has none
 */
public record LabelFrames(
    List<String> rootKeys, List<String> leafKeys, Function<List<Label>, String> name) {
  /** Copies the lists. */
  public LabelFrames {
    rootKeys = List.copyOf(rootKeys);
    leafKeys = List.copyOf(leafKeys);
    requireNonNull(name, "name");
  }

  Filtered addTo(Profile profile) {
    return new Adder(this, profile).add();
  }

  /** The locations to add for one label list. */
  @SuppressWarnings("ArrayRecordComponent") // passes rows within this file, never compared
  private record Added(int[] leaves, int[] roots) {}

  /** Adds frames to one profile. */
  private static final class Adder {
    private final LabelFrames frames;
    private final Profile profile;
    private final TableExtension tables;
    private final Map<Map.Entry<String, String>, Integer> locations = new HashMap<>();
    private final EnumSet<FilterKind> unmatched = EnumSet.noneOf(FilterKind.class);

    Adder(LabelFrames frames, Profile profile) {
      this.frames = frames;
      this.profile = profile;
      tables = new TableExtension(profile.locations());
      if (!frames.rootKeys.isEmpty()) {
        unmatched.add(FilterKind.TAG_ROOT);
      }
      if (!frames.leafKeys.isEmpty()) {
        unmatched.add(FilterKind.TAG_LEAF);
      }
    }

    Filtered add() {
      if (unmatched.isEmpty()) {
        return new Filtered(profile, unmatched);
      }
      Samples samples = profile.samples();
      List<Optional<Added>> addedOf =
          new ArrayList<>(
              java.util.Collections.nCopies(samples.labelSets.size(), Optional.empty()));
      StacksBuilder stacks = new StacksBuilder();
      int[] buffer =
          new int[samples.stacks.maxDepth() + frames.rootKeys.size() + frames.leafKeys.size()];
      int[] stack = new int[samples.size()];
      for (int sample = 0; sample < stack.length; sample++) {
        Interrupts.check(sample);
        int set = samples.labels[sample];
        Added added = addedOf.get(set).orElseGet(() -> added(set));
        addedOf.set(set, Optional.of(added));
        int depth = concatenate(added, samples.stacks, samples.stack[sample], buffer);
        stack[sample] = stacks.intern(buffer, depth);
      }
      Locations extended = tables.build();
      Samples result =
          new Samples(
              extended, stacks.build(), samples.labelSets, stack, samples.labels, samples.value);
      return new Filtered(new Profile(profile.header(), extended, result), unmatched);
    }

    private Added added(int set) {
      List<Label> labels = profile.labelSets().get(set);
      int[] roots = locations(labels, frames.rootKeys, FilterKind.TAG_ROOT);
      int[] leaves = locations(labels, frames.leafKeys, FilterKind.TAG_LEAF);
      return new Added(leaves, roots);
    }

    /** Leaf first, so the last key comes first. */
    private int[] locations(List<Label> labels, List<String> keys, FilterKind kind) {
      int[] rows = new int[keys.size()];
      for (int at = 0; at < rows.length; at++) {
        String key = keys.get(keys.size() - 1 - at);
        List<Label> found = labels.stream().filter(label -> label.key().equals(key)).toList();
        if (!found.isEmpty()) {
          unmatched.remove(kind);
        }
        rows[at] =
            locations.computeIfAbsent(
                Map.entry(frames.name.apply(found), key),
                names -> tables.location(names.getKey(), names.getValue()));
      }
      return rows;
    }

    private static int concatenate(Added added, Stacks stacks, int stack, int[] out) {
      int leaves = added.leaves.length;
      System.arraycopy(added.leaves, 0, out, 0, leaves);
      int depth = stacks.copyFrom(stack, 0, out, leaves);
      System.arraycopy(added.roots, 0, out, leaves + depth, added.roots.length);
      return leaves + depth + added.roots.length;
    }
  }

  /** Appends functions, and locations of one line without an address, to the tables. */
  private static final class TableExtension {
    private final Locations base;
    private final StringsBuilder strings;
    private final IntColumn names = new IntColumn();
    private final IntColumn files = new IntColumn();
    private final long firstLocationId;
    private final long firstFunctionId;

    TableExtension(Locations base) {
      this.base = base;
      strings = StringsBuilder.extending(base.functions.strings);
      firstLocationId = Arrays.stream(base.id).reduce(0, TableExtension::larger) + 1;
      firstFunctionId = Arrays.stream(base.functions.id).reduce(0, TableExtension::larger) + 1;
    }

    private static long larger(long a, long b) {
      return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }

    int location(String name, String file) {
      names.add(strings.intern(name));
      files.add(strings.intern(file));
      return base.size() + names.size() - 1;
    }

    Locations build() {
      int added = names.size();
      int size = base.size() + added;
      int lines = base.line.length + added;
      Locations table =
          new Locations(
              base.mappings,
              functions(),
              new Locations.Columns(
                  Arrays.copyOf(base.id, size),
                  Arrays.copyOf(base.mapping, size),
                  Arrays.copyOf(base.address, size),
                  Arrays.copyOf(base.folded, size)),
              new Locations.LineColumns(
                  Arrays.copyOf(base.firstLine, size + 1),
                  Arrays.copyOf(base.lineFunction, lines),
                  Arrays.copyOf(base.line, lines),
                  Arrays.copyOf(base.column, lines)));
      for (int at = 0; at < added; at++) {
        int row = base.size() + at;
        table.id[row] = firstLocationId + at;
        table.mapping[row] = Locations.NO_MAPPING;
        table.lineFunction[base.line.length + at] = base.functions.size() + at;
        table.firstLine[row + 1] = base.line.length + at + 1;
      }
      return table;
    }

    private Functions functions() {
      Functions old = base.functions;
      Functions table = new Functions(strings.build(), old.size() + names.size());
      System.arraycopy(old.id, 0, table.id, 0, old.size());
      System.arraycopy(old.name, 0, table.name, 0, old.size());
      System.arraycopy(old.systemName, 0, table.systemName, 0, old.size());
      System.arraycopy(old.filename, 0, table.filename, 0, old.size());
      System.arraycopy(old.startLine, 0, table.startLine, 0, old.size());
      for (int at = 0; at < names.size(); at++) {
        int row = old.size() + at;
        table.id[row] = firstFunctionId + at;
        table.name[row] = names.get(at);
        table.filename[row] = files.get(at);
      }
      return table;
    }
  }
}
