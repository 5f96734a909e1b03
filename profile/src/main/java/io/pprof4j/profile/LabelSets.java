// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * The distinct label lists of a profile. Within a list, textual labels come first, ordered by key,
 * then numeric ones, ordered by key; labels with equal keys keep the order they were given in. Row
 * 0 is the empty list.
 */
public final class LabelSets {
  final Strings strings;

  /** Labels of set s are first[s] .. first[s + 1] - 1 of the columns below. */
  final int[] first;

  final int[] key;

  /** String row of a textual value, or {@link #NUMBER}. */
  final int[] text;

  final long[] number;
  final int[] unit;

  static final int NUMBER = -1;

  LabelSets(Strings strings, int[] first, int[] key, int[] text, long[] number, int[] unit) {
    this.strings = strings;
    this.first = first;
    this.key = key;
    this.text = text;
    this.number = number;
    this.unit = unit;
  }

  /** How many distinct lists there are, the empty one included. */
  public int size() {
    return first.length - 1;
  }

  /** How many labels a list has. */
  public int count(int set) {
    return first[set + 1] - first[set];
  }

  /** Key of a label of a list. */
  public String key(int set, int label) {
    return strings.get(key[first[set] + label]);
  }

  /** Whether a label's value is a number. */
  public boolean isNumber(int set, int label) {
    return text[first[set] + label] == NUMBER;
  }

  /** Text of a label that is not a number. */
  public String text(int set, int label) {
    return strings.get(text[first[set] + label]);
  }

  /** Number of a numeric label. */
  public long number(int set, int label) {
    return number[first[set] + label];
  }

  /** Unit of a numeric label, empty if it has none. */
  public String unit(int set, int label) {
    return strings.get(unit[first[set] + label]);
  }

  /** A list as objects. */
  public List<Label> get(int set) {
    List<Label> labels = new ArrayList<>(count(set));
    for (int label = 0; label < count(set); label++) {
      labels.add(
          isNumber(set, label)
              ? Label.of(key(set, label), number(set, label), unit(set, label))
              : Label.of(key(set, label), text(set, label)));
    }
    return List.copyOf(labels);
  }
}
