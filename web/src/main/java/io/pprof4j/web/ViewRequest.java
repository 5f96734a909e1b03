// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.ReportRequest;

/**
 * What a view is to show.
 *
 * @param profile the profile
 * @param options the settings of the address
 * @param context gives sources and instructions; its warnings go to the page
 * @param query the parameters of the address
 */
record ViewRequest(Profile profile, ReportOptions options, ReportContext context, Query query) {
  /** The functions that are asked for: the focus doubles as that. */
  String pattern() {
    return query.get(ReportOption.FOCUS.urlParameter());
  }

  /**
   * Whether a report says no more than that there is nothing to report. Of the expression that it
   * names nobody knows who did not ask for one.
   */
  boolean isOfNothing(ReportException mistake) {
    return pattern().isEmpty() && isNoMatch(mistake);
  }

  /** Whether a report says that no function matches. */
  static boolean isNoMatch(ReportException mistake) {
    return String.valueOf(mistake.getMessage()).startsWith("no matches found");
  }

  /** A report of the functions that are asked for. */
  ReportRequest report(ReportFormat format, ReportOptions changed) {
    return new ReportRequest(format, format.takesPattern() ? pattern() : "", changed);
  }
}
