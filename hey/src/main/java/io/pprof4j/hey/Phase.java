// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

/** The parts of a request whose durations are measured apart. */
public enum Phase {
  /** Lookup, connect, proxy and TLS handshake; 0 on a connection that was used before. */
  CONNECT,
  /** The lookup of the host's name. */
  DNS,
  /** From having the connection until the last byte of the request is handed to the kernel. */
  WRITE,
  /** From there until the first byte of the response. */
  WAIT,
  /** From there until the last byte of the response. */
  READ
}
