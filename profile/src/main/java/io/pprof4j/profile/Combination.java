// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.ValueUnits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes profiles comparable: reduces them to the sample types they share, by name and in the order
 * of the first profile, and converts their values to the finest of their units.
 */
final class Combination {
  /** What a profile without a period type has. */
  private static final ValueType NO_TYPE = new ValueType("", "");

  // Loops and no streams: every reading comes through here, and the first lambda of a JVM takes as
  // long as reading a small profile.

  private Combination() {}

  /**
   * The same profiles, with equal sample types and equal period types.
   *
   * @throws IncompatibleProfilesException if they share no sample type or units do not convert
   */
  static List<Profile> compatible(List<Profile> profiles) {
    List<Profile> reduced = reduce(profiles);
    return reduced.size() == 1 ? reduced : scale(reduced);
  }

  private static List<Profile> reduce(List<Profile> profiles) {
    List<String> types = common(profiles);
    if (types.isEmpty()) {
      throw new IncompatibleProfilesException("profiles have empty common sample type list");
    }
    List<Profile> reduced = new ArrayList<>(profiles.size());
    for (Profile profile : profiles) {
      reduced.add(SampleTypes.select(profile, types));
    }
    return reduced;
  }

  /**
   * The types of the first profile whose name occurs as often as there are profiles. A name that a
   * profile uses twice is thereby dropped, as in the original: nobody could tell which is meant.
   */
  private static List<String> common(List<Profile> profiles) {
    Map<String, Integer> uses = new HashMap<>();
    for (Profile profile : profiles) {
      for (String name : SampleTypes.names(profile)) {
        uses.put(name, uses.getOrDefault(name, 0) + 1);
      }
    }
    List<String> types = new ArrayList<>();
    for (String name : SampleTypes.names(profiles.get(0))) {
      if (uses.getOrDefault(name, 0) == profiles.size()) {
        types.add(name);
      }
    }
    return types;
  }

  private static List<Profile> scale(List<Profile> profiles) {
    List<ValueType> periodTypes = new ArrayList<>();
    for (Profile profile : profiles) {
      periodTypes.add(profile.periodType().orElse(NO_TYPE));
    }
    Optional<ValueType> period = finest("period type", periodTypes);
    int count = profiles.get(0).sampleTypes().size();
    for (Profile profile : profiles) {
      if (profile.sampleTypes().size() != count) {
        throw new IncompatibleProfilesException(
            "inconsistent samples type count: %d != %d"
                .formatted(count, profile.sampleTypes().size()));
      }
    }
    List<ValueType> types = new ArrayList<>();
    for (int type = 0; type < count; type++) {
      List<ValueType> candidates = new ArrayList<>();
      for (Profile profile : profiles) {
        candidates.add(profile.sampleTypes().get(type));
      }
      types.add(finest("sample types", candidates).orElse(candidates.get(0)));
    }
    List<Profile> scaled = new ArrayList<>();
    for (Profile profile : profiles) {
      scaled.add(toUnits(profile, types, period));
    }
    return scaled;
  }

  private static Optional<ValueType> finest(String what, List<ValueType> types) {
    if (types.size() < 2) {
      return Optional.empty();
    }
    ValueType finest = types.get(0);
    for (ValueType type : types) {
      OptionalDouble ratio = ValueUnits.ratio(type.unit(), finest.unit());
      if (!stem(type.type()).equals(stem(finest.type())) || ratio.isEmpty()) {
        throw new IncompatibleProfilesException(
            "%s: incompatible types: {%s %s 0 0} {%s %s 0 0}"
                .formatted(what, finest.type(), finest.unit(), type.type(), type.unit()));
      }
      if (ratio.getAsDouble() < 1) {
        finest = type;
      }
    }
    return Optional.of(finest);
  }

  /** Types that differ in a final "s" only are the same. */
  private static String stem(String type) {
    return type.endsWith("s") ? type.substring(0, type.length() - 1) : type;
  }

  private static Profile toUnits(
      Profile profile, List<ValueType> types, Optional<ValueType> periodType) {
    double[] ratios = new double[types.size()];
    List<ValueType> renamed = new ArrayList<>();
    for (int type = 0; type < ratios.length; type++) {
      ValueType own = profile.sampleTypes().get(type);
      ratios[type] = ratio(own, types.get(type));
      renamed.add(new ValueType(own.type(), types.get(type).unit()));
    }
    return profile
        .scale(ratios)
        .withHeader(header -> withPeriod(header.withSampleTypes(renamed), periodType));
  }

  private static double ratio(ValueType from, ValueType to) {
    return ValueUnits.ratio(from.unit(), to.unit()).orElse(1);
  }

  private static ProfileHeader withPeriod(ProfileHeader header, Optional<ValueType> type) {
    if (type.isEmpty() || header.periodType().isEmpty()) {
      return header;
    }
    ValueType own = header.periodType().get();
    long period = (long) (header.period() * ratio(own, type.get()));
    return header.withPeriod(Optional.of(new ValueType(own.type(), type.get().unit())), period);
  }
}
