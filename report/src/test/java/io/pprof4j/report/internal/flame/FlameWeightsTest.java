// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.flame;

import static io.pprof4j.report.Interrupted.PROFILE;
import static io.pprof4j.report.Interrupted.assertInterrupted;

import io.pprof4j.report.Interrupted;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.internal.request.Report;
import org.junit.jupiter.api.Test;

class FlameWeightsTest {
  @Test
  void endWhenInterrupted() throws ReportException {
    Report report = Interrupted.report(ReportFormat.FLAME);

    assertInterrupted(() -> new FlameWeights(PROFILE, report.values()));
  }
}
