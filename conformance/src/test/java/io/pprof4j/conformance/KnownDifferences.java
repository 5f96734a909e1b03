// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The cases in which we differ from the original, each with its reason. A line is the id of a case,
 * blanks, the reason; {@code id/stderr} limits the difference to the messages.
 */
final class KnownDifferences {
  private final Map<String, String> reasons = new LinkedHashMap<>();

  static KnownDifferences read(Path file) throws IOException {
    KnownDifferences known = new KnownDifferences();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\s+", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException("no reason is given for " + line);
      }
      if (known.reasons.putIfAbsent(parts[0], parts[1]) != null) {
        throw new IllegalArgumentException("listed twice: " + parts[0]);
      }
    }
    return known;
  }

  /** Every id, with its suffix. */
  Set<String> ids() {
    return reasons.keySet();
  }

  /** Whether the report of this case is known to differ. */
  boolean output(String id) {
    return reasons.containsKey(id);
  }

  /** Whether the messages of this case are known to differ. */
  boolean messages(String id) {
    return reasons.containsKey(id + "/stderr");
  }
}
