// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.ArrayList;
import java.util.List;

/** Finds and selects value columns. */
final class SampleTypes {
  private SampleTypes() {}

  static List<String> names(Profile profile) {
    List<String> names = new ArrayList<>();
    for (ValueType type : profile.sampleTypes()) {
      names.add(type.type());
    }
    return List.copyOf(names);
  }

  /**
   * The column that {@code name} means.
   *
   * @param name a type, an index, or empty for the default type, else the last one
   */
  static int index(Profile profile, String name) {
    List<String> types = names(profile);
    if (name.isEmpty()) {
      String preferred = profile.header().defaultSampleType();
      int found = preferred.isEmpty() ? -1 : types.indexOf(preferred);
      return found >= 0 ? found : types.size() - 1;
    }
    if (name.matches("[+-]?[0-9]{1,18}")) {
      long index = Long.parseLong(name);
      if (index < 0 || index >= types.size()) {
        throw new IllegalArgumentException(
            "sample_index %s is outside the range [0..%d]".formatted(name, types.size() - 1));
      }
      return (int) index;
    }
    return byName(types, name);
  }

  /** Old profiles say "space" where others say "inuse_space". */
  private static int byName(List<String> types, String name) {
    String legacy = name.startsWith("inuse_") ? name.substring("inuse_".length()) : name;
    for (int type = 0; type < types.size(); type++) {
      if (types.get(type).equals(name) || types.get(type).equals(legacy)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "sample_index \"%s\" must be one of: [%s]".formatted(name, String.join(" ", types)));
  }

  /** The profile with only the given types, in that order; the default type is one of them. */
  static Profile select(Profile profile, List<String> types) {
    List<String> own = names(profile);
    if (own.equals(types)) {
      return profile;
    }
    long[][] value = new long[types.size()][];
    ValueType[] selected = new ValueType[types.size()];
    for (int at = 0; at < selected.length; at++) {
      int column = own.indexOf(types.get(at));
      if (column < 0) {
        throw new IncompatibleProfilesException(
            "\"%s\" sample type is not found in profile".formatted(types.get(at)));
      }
      value[at] = profile.samples().value[column];
      selected[at] = profile.sampleTypes().get(column);
    }
    String preferred = profile.header().defaultSampleType();
    String kept = types.contains(preferred) || types.isEmpty() ? preferred : types.get(0);
    ProfileHeader header =
        profile.header().withSampleTypes(List.of(selected)).withDefaultSampleType(kept);
    return new Profile(header, profile.locations(), profile.samples().withValues(value));
  }
}
