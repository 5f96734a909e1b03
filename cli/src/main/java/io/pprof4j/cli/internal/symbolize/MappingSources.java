// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.symbolize;

import io.pprof4j.profile.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which servers know the symbols of which mapping. */
public final class MappingSources {
  /**
   * A server, and where it has the mapping.
   *
   * @param url the address that the profile was fetched from
   * @param start address of the mapping's first byte on that server
   */
  public record Origin(String url, long start) {}

  private final Map<String, List<Origin>> origins = new LinkedHashMap<>();

  /** Remembers that the mapping of that build id or file came from a server. */
  public void add(String buildIdOrFile, Origin origin) {
    origins.computeIfAbsent(buildIdOrFile, key -> new ArrayList<>()).add(origin);
  }

  /** Remembers all that another one knows. */
  public void addAll(MappingSources other) {
    for (Map.Entry<String, List<Origin>> mapping : other.origins.entrySet()) {
      for (Origin origin : mapping.getValue()) {
        add(mapping.getKey(), origin);
      }
    }
  }

  /** The servers that know a mapping. */
  List<Origin> of(Mapping mapping) {
    List<Origin> found = new ArrayList<>(origins.getOrDefault(mapping.filename(), List.of()));
    if (!mapping.buildId().isEmpty()) {
      found.addAll(origins.getOrDefault(mapping.buildId(), List.of()));
    }
    return found;
  }
}
