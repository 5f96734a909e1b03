// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import static io.pprof4j.report.Interrupted.PROFILE;
import static io.pprof4j.report.Interrupted.assertInterrupted;

import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class RawSamplesTest {
  @Test
  void endWhenInterrupted() {
    byte[][] labels = new byte[PROFILE.labelSets().size()][0];
    RawSamples samples = new RawSamples(PROFILE, labels, OutputStream.nullOutputStream());

    assertInterrupted(samples::print);
  }
}
