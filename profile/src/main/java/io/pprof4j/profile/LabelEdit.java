// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;
import java.util.List;

/** Makes label lists with fewer or with more labels; each list that a sample has is made once. */
final class LabelEdit {
  private static final int UNSEEN = -1;

  private LabelEdit() {}

  /** Decides about one label. */
  interface Keep {
    /** Whether the label at index {@code label} of the columns of {@code sets} stays. */
    boolean keep(LabelSets sets, int label);
  }

  /** Keeps only some labels. */
  static Samples apply(Samples samples, Keep keep) {
    return apply(samples, keep, samples.labelSets.strings, List.of());
  }

  /**
   * Keeps some labels and adds others to every list.
   *
   * @param strings holds the strings of the lists under the same rows, and those of {@code added}
   * @param added key row and text row of each label to add
   */
  static Samples apply(Samples samples, Keep keep, Strings strings, List<int[]> added) {
    LabelSets sets = samples.labelSets;
    LabelSetsBuilder builder = new LabelSetsBuilder();
    int[] target = new int[sets.size()];
    Arrays.fill(target, UNSEEN);
    int[] labels = new int[samples.size()];
    for (int sample = 0; sample < labels.length; sample++) {
      Interrupts.check(sample);
      int set = samples.labels[sample];
      if (target[set] == UNSEEN) {
        target[set] = edit(sets, set, keep, added, builder);
      }
      labels[sample] = target[set];
    }
    return new Samples(
        samples.locations,
        samples.stacks,
        builder.build(strings),
        samples.stack,
        labels,
        samples.value);
  }

  private static int edit(
      LabelSets sets, int set, Keep keep, List<int[]> added, LabelSetsBuilder builder) {
    for (int label = sets.first[set]; label < sets.first[set + 1]; label++) {
      if (keep.keep(sets, label)) {
        builder.copy(sets, label);
      }
    }
    for (int[] label : added) {
      builder.text(label[0], label[1]);
    }
    return builder.finish();
  }

  /** Gives every sample one textual label and removes its other textual labels of that key. */
  static Samples set(Samples samples, String key, String text) {
    StringsBuilder strings = StringsBuilder.extending(samples.labelSets.strings);
    int[] label = {strings.intern(key), strings.intern(text)};
    return apply(samples, (sets, at) -> !isText(sets, at, key), strings.build(), List.of(label));
  }

  /** Removes the textual labels of a key. */
  static Samples remove(Samples samples, String key) {
    return apply(samples, (sets, at) -> !isText(sets, at, key));
  }

  /** Whether there are empty texts or zeros without a unit. */
  static boolean hasEmpty(Samples samples) {
    LabelSets sets = samples.labelSets;
    for (int label = 0; label < sets.key.length; label++) {
      if (isEmpty(sets, label)) {
        return true;
      }
    }
    return false;
  }

  /** Removes empty texts and zeros without a unit. */
  static Samples withoutEmpty(Samples samples) {
    return apply(samples, (sets, at) -> !isEmpty(sets, at));
  }

  private static boolean isEmpty(LabelSets sets, int label) {
    return sets.text[label] == LabelSets.NUMBER
        ? sets.number[label] == 0 && sets.strings.get(sets.unit[label]).isEmpty()
        : sets.strings.get(sets.text[label]).isEmpty();
  }

  private static boolean isText(LabelSets sets, int label, String key) {
    return sets.text[label] != LabelSets.NUMBER && sets.strings.get(sets.key[label]).equals(key);
  }
}
