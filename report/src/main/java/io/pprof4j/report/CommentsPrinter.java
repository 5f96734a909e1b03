// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.io.IOException;
import java.io.OutputStream;

/** Prints the comments of a profile. */
final class CommentsPrinter {
  private CommentsPrinter() {}

  static void print(Report report, OutputStream target) throws IOException {
    TextOutput out = new TextOutput(target);
    for (String comment : report.profile().comments()) {
      out.line(comment);
    }
    out.flush();
  }
}
