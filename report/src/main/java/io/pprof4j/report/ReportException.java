// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

/** A report cannot be made as asked; the message is for the user and says why. */
public final class ReportException extends Exception {
  private static final long serialVersionUID = 1;

  /** Makes the exception with the text to show. */
  public ReportException(String message) {
    super(message);
  }
}
