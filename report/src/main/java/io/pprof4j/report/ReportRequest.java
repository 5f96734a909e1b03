// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static java.util.Objects.requireNonNull;

/**
 * Which report to make.
 *
 * @param format what to show and how
 * @param pattern regular expression (RE2) or address of the functions to show, for formats that
 *     {@linkplain ReportFormat#takesPattern() take one}; empty otherwise
 * @param options the settings
 */
public record ReportRequest(ReportFormat format, String pattern, ReportOptions options) {
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
}
