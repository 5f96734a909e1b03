// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;

/** What formats make of the options before anything else. */
final class FormatDefaults {
  private static final long DEFAULT_NODE_COUNT = 80;

  private FormatDefaults() {}

  static ReportOptions apply(ReportFormat format, ReportOptions options) {
    ReportOptions adapted = nodeCount(format, granularity(format, options));
    return trims(format) && adapted.get(ReportOption.TRIM) ? adapted : untrimmed(adapted);
  }

  private static ReportOptions granularity(ReportFormat format, ReportOptions options) {
    return switch (format) {
      case DISASM ->
          // With inlined frames an address would be several nodes and counted several times.
          options.with(ReportOption.GRANULARITY, "addresses").with(ReportOption.NO_INLINES, true);
      case WEBLIST ->
          options.with(ReportOption.GRANULARITY, "addresses").with(ReportOption.NO_INLINES, false);
      case LIST -> options.with(ReportOption.GRANULARITY, "lines");
      case FLAME -> flame(options);
      case PROTO, OTLP, RAW, CALLGRIND -> options.with(ReportOption.GRANULARITY, "addresses");
      default -> options;
    };
  }

  /** Files tell functions of the same name apart; means do not add up to that of the caller. */
  private static ReportOptions flame(ReportOptions options) {
    ReportOptions tree = options.with(ReportOption.CALL_TREE, true).with(ReportOption.MEAN, false);
    return tree.get(ReportOption.GRANULARITY).isEmpty()
        ? tree.with(ReportOption.GRANULARITY, "filefunctions")
        : tree;
  }

  private static ReportOptions nodeCount(ReportFormat format, ReportOptions options) {
    if (options.get(ReportOption.NODE_COUNT) != -1) {
      return options;
    }
    return switch (format) {
      case TEXT, TOPPROTO, JSON, CSV, MARKDOWN -> options.with(ReportOption.NODE_COUNT, 0L);
      default -> options.with(ReportOption.NODE_COUNT, DEFAULT_NODE_COUNT);
    };
  }

  /** Trimming could drop the very functions that a listing is asked for. */
  private static boolean trims(ReportFormat format) {
    return switch (format) {
      case DISASM, WEBLIST, PEEK, LIST, PROTO, RAW, CALLGRIND, COLLAPSED, SPEEDSCOPE, OTLP, FLAME ->
          false;
      default -> true;
    };
  }

  private static ReportOptions untrimmed(ReportOptions options) {
    return options
        .with(ReportOption.NODE_COUNT, 0L)
        .with(ReportOption.NODE_FRACTION, 0.0)
        .with(ReportOption.EDGE_FRACTION, 0.0);
  }
}
