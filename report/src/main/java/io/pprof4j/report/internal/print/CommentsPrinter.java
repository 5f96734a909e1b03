// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.text.TextOutput;
import java.io.IOException;
import java.io.OutputStream;

/** Prints the comments of a profile. */
public final class CommentsPrinter {
  private CommentsPrinter() {}

  /** Prints to a stream, which is not closed. */
  public static void print(Report report, OutputStream target) throws IOException {
    TextOutput out = new TextOutput(target);
    for (String comment : report.profile().comments()) {
      out.line(comment);
    }
    out.flush();
  }
}
