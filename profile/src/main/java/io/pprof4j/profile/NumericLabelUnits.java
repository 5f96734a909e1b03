// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Units of the numeric labels of a profile.
 *
 * @param units the unit of each key, in the order of the keys: the first that a sample gives; if
 *     none does, {@code bytes} for {@code alignment} and {@code request}, and else the key itself
 * @param alsoEncountered keys with more than one unit, and the units that are not used, sorted
 */
public record NumericLabelUnits(
    Map<String, String> units, Map<String, List<String>> alsoEncountered) {

  static NumericLabelUnits of(Samples samples) {
    LabelSets sets = samples.labelSets;
    TreeMap<String, String> units = new TreeMap<>();
    TreeMap<String, TreeSet<String>> others = new TreeMap<>();
    boolean[] seen = new boolean[sets.size()];
    for (int set : samples.labels) {
      if (!seen[set]) {
        seen[set] = true;
        addUnits(sets, set, units, others);
      }
    }
    for (Map.Entry<String, String> unit : units.entrySet()) {
      if (unit.getValue().isEmpty()) {
        unit.setValue(inferred(unit.getKey()));
      }
    }
    TreeMap<String, List<String>> unused = new TreeMap<>();
    for (Map.Entry<String, TreeSet<String>> names : others.entrySet()) {
      unused.put(names.getKey(), List.copyOf(names.getValue()));
    }
    return new NumericLabelUnits(
        Collections.unmodifiableMap(units), Collections.unmodifiableMap(unused));
  }

  private static void addUnits(
      LabelSets sets, int set, Map<String, String> units, Map<String, TreeSet<String>> others) {
    for (int label = 0; label < sets.count(set); label++) {
      if (!sets.isNumber(set, label)) {
        continue;
      }
      String key = sets.key(set, label);
      String unit = sets.unit(set, label);
      String used = units.merge(key, unit, (old, added) -> old.isEmpty() ? added : old);
      if (!unit.isEmpty() && !unit.equals(used)) {
        others.computeIfAbsent(key, added -> new TreeSet<>()).add(unit);
      }
    }
  }

  private static String inferred(String key) {
    return key.equals("alignment") || key.equals("request") ? "bytes" : key;
  }

  /** The messages that pprof prints for keys with several units, in the order of the keys. */
  public List<String> messages() {
    List<String> messages = new ArrayList<>();
    for (Map.Entry<String, List<String>> unused : alsoEncountered.entrySet()) {
      String key = unused.getKey();
      messages.add(
          "For tag %s used unit %s, also encountered unit(s) %s"
              .formatted(key, units.get(key), String.join(", ", unused.getValue())));
    }
    return messages;
  }
}
