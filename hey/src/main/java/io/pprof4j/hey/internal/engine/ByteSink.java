// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where bytes go that are to be sent: a socket, or a TLS connection. */
interface ByteSink {
  /**
   * Sends bytes, or as many as are taken now.
   *
   * @return whether all are on their way, so that none waits here
   */
  boolean write(ByteBuffer bytes) throws IOException;

  /**
   * Sends bytes that were taken and had to wait.
   *
   * @return whether none waits any longer
   */
  boolean flush() throws IOException;
}
