// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.function.Consumer;

/**
 * What a report needs of the world around it.
 *
 * @param sources gives the text of source files
 * @param objects gives symbols and instructions of binaries
 * @param warnings takes lines for the user that are not part of the report
 * @param zone time zone of the times shown
 */
public record ReportContext(
    SourceFinder sources, ObjectTool objects, Consumer<String> warnings, ZoneId zone) {
  /** Rejects null parts. */
  public ReportContext {
    requireNonNull(sources, "sources");
    requireNonNull(objects, "objects");
    requireNonNull(warnings, "warnings");
    requireNonNull(zone, "zone");
  }

  /** A context without sources and binaries, in the zone of this machine. */
  public static ReportContext plain(Consumer<String> warnings) {
    return new ReportContext(SourceFinder.NONE, ObjectTool.NONE, warnings, ZoneId.systemDefault());
  }
}
