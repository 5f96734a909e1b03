// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Which report to make.
 *
 * @param format what to show and how
 * @param pattern regular expression (RE2) or address of the functions to show, for formats that
 *     {@linkplain ReportFormat#takesPattern() take one}; empty otherwise
 * @param options the settings
 */
public record ReportRequest(ReportFormat format, String pattern, ReportOptions options) {
  /** Options that look at stacks or change them. */
  private static final List<ReportOption<String>> OF_STACKS =
      List.of(
          ReportOption.FOCUS,
          ReportOption.IGNORE,
          ReportOption.HIDE,
          ReportOption.SHOW,
          ReportOption.SHOW_FROM,
          ReportOption.PRUNE_FROM,
          ReportOption.TAG_ROOT,
          ReportOption.TAG_LEAF);

  /** Rejects null parts. */
  public ReportRequest {
    requireNonNull(format, "format");
    requireNonNull(pattern, "pattern");
    requireNonNull(options, "options");
  }

  /** A report that takes no pattern. */
  public static ReportRequest of(ReportFormat format, ReportOptions options) {
    return new ReportRequest(format, "", options);
  }

  /**
   * Whether the report depends on the stacks of samples; others come out the same for a profile
   * that was read {@linkplain io.pprof4j.profile.ProfileReader#withoutStacks without} them.
   */
  public boolean needsStacks() {
    if (format != ReportFormat.TAGS && format != ReportFormat.COMMENTS) {
      return true;
    }
    for (ReportOption<String> option : OF_STACKS) {
      if (!options.get(option).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
