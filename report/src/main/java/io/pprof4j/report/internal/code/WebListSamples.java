// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import io.pprof4j.profile.Functions;
import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Samples;
import io.pprof4j.profile.Stacks;
import io.pprof4j.report.internal.pattern.SearchPattern;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.request.SampleValues;
import io.pprof4j.report.internal.text.GoMath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The values of a profile by address, and the addresses and functions that a pattern asks for.
 * Locations without an address, as JVMs have, get numbers above all real ones.
 */
final class WebListSamples {
  /** Own values by address. */
  final Map<Long, Long> flat = new HashMap<>();

  /** Values by address, each sample once. */
  final Map<Long, Long> cum = new HashMap<>();

  /** A location by each address asked for, in the order of unsigned addresses. */
  final TreeMap<Long, Integer> locations = new TreeMap<>(Long::compareUnsigned);

  /** Names and system names of the functions asked for. */
  final Set<String> functions = new HashSet<>();

  private final Profile profile;
  private final Locations table;
  private final Functions functionTable;
  private final OptionalLong address;
  private final byte[] matches;
  private final Predicate<String> wanted;
  private final long[] addressOf;

  WebListSamples(Report report) {
    this.profile = report.profile();
    this.table = profile.locations();
    this.functionTable = profile.functions();
    SearchPattern pattern = report.pattern().orElseThrow();
    this.address = Addresses.parse(pattern.text());
    this.wanted = pattern.finder();
    this.matches = new byte[functionTable.size()];
    this.addressOf = new long[table.size()];
    addSamples(report.values());
  }

  private void addSamples(SampleValues values) {
    Samples samples = profile.samples();
    long[] weight = new long[profile.stacks().size()];
    boolean[] used = new boolean[weight.length];
    long nextSynthetic = firstSynthetic();
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      int stack = samples.stack(sample);
      weight[stack] += GoMath.mean(values.value(samples, sample), values.divisor(samples, sample));
      if (!used[stack]) {
        used[stack] = true;
        nextSynthetic = assignAddresses(stack, nextSynthetic);
      }
    }
    for (int stack = 0; stack < weight.length; stack++) {
      Interrupts.check(stack);
      if (used[stack]) {
        addStack(stack, weight[stack]);
      }
    }
  }

  private long firstSynthetic() {
    long next = 1;
    for (Mapping mapping : profile.mappings()) {
      if (Long.compareUnsigned(next, mapping.limit()) < 0) {
        next = mapping.limit();
      }
    }
    return next;
  }

  private long assignAddresses(int stack, long nextSynthetic) {
    long next = nextSynthetic;
    Stacks stacks = profile.stacks();
    for (int depth = stacks.depth(stack) - 1; depth >= 0; depth--) {
      int location = stacks.location(stack, depth);
      if (addressOf[location] == 0) {
        long real = table.address(location);
        addressOf[location] = real == 0 ? next++ : real;
      }
    }
    return next;
  }

  private void addStack(int stack, long weight) {
    Stacks stacks = profile.stacks();
    Set<Long> seen = new HashSet<>();
    for (int depth = stacks.depth(stack) - 1; depth >= 0; depth--) {
      int location = stacks.location(stack, depth);
      long at = addressOf[location];
      if (seen.add(at)) {
        cum.merge(at, weight, Long::sum);
      }
      if (depth == 0) {
        flat.merge(at, weight, Long::sum);
      }
      markWanted(location, at);
    }
  }

  private void markWanted(int location, long at) {
    int lines = table.lineCount(location);
    if (address.isPresent() && address.getAsLong() == at) {
      if (lines > 0) {
        mark(location, at, lines - 1);
      }
      return;
    }
    boolean mappingMatches =
        table.mapping(location) != Locations.NO_MAPPING
            && wanted.test(profile.mappings().filename(table.mapping(location)));
    for (int line = 0; line < lines; line++) {
      if ((line == 0 && mappingMatches) || matches(table.function(location, line))) {
        mark(location, at, line);
      }
    }
  }

  private void mark(int location, long at, int line) {
    int function = table.function(location, line);
    functions.add(functionTable.name(function));
    functions.add(functionTable.get(function).systemName());
    locations.putIfAbsent(at, location);
  }

  private boolean matches(int function) {
    if (matches[function] == 0) {
      boolean found =
          wanted.test(functionTable.name(function))
              || wanted.test(functionTable.get(function).systemName())
              || wanted.test(functionTable.filename(function));
      matches[function] = (byte) (found ? 1 : -1);
    }
    return matches[function] > 0;
  }
}
