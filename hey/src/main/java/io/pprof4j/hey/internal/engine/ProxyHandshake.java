// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.IOException;

/** What is said to a proxy before the connection leads to the target. */
interface ProxyHandshake {
  /** What to send first. */
  byte[] opening();

  /**
   * Takes what the proxy answers.
   *
   * @return what to send next; empty for nothing
   * @throws IOException if the proxy refuses
   */
  byte[] received(byte[] bytes, int offset, int length) throws IOException;

  /** Whether the connection leads to the target now. */
  boolean isDone();
}
