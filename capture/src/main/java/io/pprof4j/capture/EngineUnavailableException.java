// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.io.IOException;

/** An engine cannot work in this JVM or on this machine; the message names the obstacle. */
public final class EngineUnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  /** An obstacle, said so that an operator can remove it. */
  public EngineUnavailableException(String message) {
    super(message);
  }

  /** An obstacle with the exception that showed it. */
  public EngineUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
