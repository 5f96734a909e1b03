// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.io.IOException;

/** A capture of which there can be only one at a time is already running. */
public final class CaptureBusyException extends IOException {
  private static final long serialVersionUID = 1;

  /** Names what is running. */
  public CaptureBusyException(String message) {
    super(message);
  }
}
