// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.IdentityHashMap;
import java.util.function.Predicate;

/** Tests the names of functions, files and mappings, each distinct name once. */
final class NameMatcher {
  private static final byte UNKNOWN = 0;
  private static final byte NO = 1;
  private static final byte YES = 2;

  private final Predicate<String> predicate;
  private final Functions functions;
  private final Mappings mappings;

  /** What is known of each row of each string table. */
  private final IdentityHashMap<Strings, byte[]> known = new IdentityHashMap<>();

  private final byte[] ofFunctionStrings;
  private final byte[] ofMappingStrings;

  NameMatcher(Predicate<String> predicate, Locations locations) {
    this.predicate = predicate;
    this.functions = locations.functions;
    this.mappings = locations.mappings;
    ofFunctionStrings = knownOf(functions.strings);
    ofMappingStrings = knownOf(mappings.strings);
  }

  private byte[] knownOf(Strings strings) {
    return known.computeIfAbsent(strings, table -> new byte[table.size()]);
  }

  /** Whether the function's name or its file name matches. */
  boolean function(int function) {
    return matches(functions.strings, ofFunctionStrings, functions.name[function])
        || matches(functions.strings, ofFunctionStrings, functions.filename[function]);
  }

  /** Whether the mapping's file matches; false for {@link Locations#NO_MAPPING}. */
  boolean mapping(int mapping) {
    return mapping != Locations.NO_MAPPING
        && matches(mappings.strings, ofMappingStrings, mappings.filename[mapping]);
  }

  /** Whether a location's mapping or one of its frames matches. */
  boolean location(Locations locations, int location) {
    for (int line = locations.firstLine[location];
        line < locations.firstLine[location + 1];
        line++) {
      if (function(locations.lineFunction[line])) {
        return true;
      }
    }
    return mapping(locations.mapping[location]);
  }

  private boolean matches(Strings strings, byte[] memory, int row) {
    if (memory[row] == UNKNOWN) {
      memory[row] = predicate.test(strings.get(row)) ? YES : NO;
    }
    return memory[row] == YES;
  }
}
