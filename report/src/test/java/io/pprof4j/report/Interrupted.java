// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.internal.request.Report;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** For each loop that Ctrl-C has to end: runs it alone, in a thread that is interrupted already. */
public final class Interrupted {
  /** A profile that each loop has something to do with. */
  public static final Profile PROFILE =
      new TestProfiles()
          .sample(List.of(Label.of("thread", "t1")), 1, "read", "load", "main")
          .sample(List.of(Label.of("thread", "t2")), 2, "write", "save", "main")
          .build();

  private Interrupted() {}

  /** A report of the profile. */
  public static Report report(ReportFormat format) throws ReportException {
    ReportRequest request = ReportRequest.of(format, ReportOptions.defaults());
    return Report.prepare(PROFILE, request, message -> {});
  }

  /** Work that ends because its thread is interrupted, which it stays. */
  public static void assertInterrupted(ThrowingCallable work) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(work).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
    }
  }
}
