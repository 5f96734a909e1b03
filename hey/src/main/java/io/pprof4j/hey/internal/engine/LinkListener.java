// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.IOException;

/** What happens on a {@link Link}. All calls come from the thread of the link's loop. */
interface LinkListener {
  /** The connection is made. */
  void connected() throws IOException;

  /** The TLS handshake is done. */
  void secured(String applicationProtocol) throws IOException;

  /** Bytes came in, decrypted; the array is only lent. */
  void received(byte[] bytes, int offset, int length) throws IOException;

  /** What {@link Link#write} could not send at once is sent. */
  void flushed() throws IOException;

  /** The link is gone. An {@link java.io.EOFException} says that the peer closed it in order. */
  void closed(IOException reason);
}
