// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How requests travel.
 *
 * @param protocol the version of HTTP
 * @param timeoutNanos the time a request may take in all, in nanoseconds; 0 for any
 * @param keepAlive whether a connection serves more than one request
 * @param redirects whether redirects are followed
 * @param proxy where to send what is not for the target itself
 * @param unixSocket the socket to connect to instead of the host and port of the URL
 * @param tls how to speak TLS
 */
public record NetOptions(
    Protocol protocol,
    long timeoutNanos,
    boolean keepAlive,
    boolean redirects,
    Proxies proxy,
    Optional<Path> unixSocket,
    TlsOptions tls) {}
