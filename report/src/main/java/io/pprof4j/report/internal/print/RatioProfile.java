// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.text.GoMath;

/** The profile of a report with all values divided as the options ask, towards zero. */
public final class RatioProfile {
  private RatioProfile() {}

  /** The profile of a report. */
  public static Profile of(Report report) {
    Profile profile = RawPrinter.aggregated(report);
    double ratio = report.valueFormat().ratio();
    if (ratio <= 0 || ratio == 1 || Double.isNaN(ratio)) {
      return profile;
    }
    return profile.mapValues(value -> GoMath.toLong(value * ratio));
  }
}
