// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How TLS connections are made.
 *
 * @param verify whether the server's certificate must be valid for its name
 * @param caCertificates PEM file with the authorities to trust, instead of the JDK's
 * @param certificate PEM file with the client's certificate chain
 * @param key PEM file with the client's private key; absent: it is in the file of the certificate
 */
public record TlsOptions(
    boolean verify,
    Optional<Path> caCertificates,
    Optional<Path> certificate,
    Optional<Path> key) {}
