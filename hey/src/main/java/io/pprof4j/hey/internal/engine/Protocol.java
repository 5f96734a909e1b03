// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

/** Which HTTP is spoken. */
public enum Protocol {
  /** HTTP/1.1 always. */
  HTTP_1_1,
  /** HTTP/2 where TLS negotiates it by ALPN, else HTTP/1.1. */
  HTTP_2_NEGOTIATED,
  /** HTTP/2 always: without negotiation on plain connections, by ALPN over TLS. */
  HTTP_2_PRIOR_KNOWLEDGE
}
