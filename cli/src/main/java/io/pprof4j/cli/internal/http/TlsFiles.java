// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

/**
 * Files that hold certificates, in PEM format; each may be empty.
 *
 * @param certificate the client's certificate
 * @param key the client's private key
 * @param authorities the authorities to trust
 */
public record TlsFiles(String certificate, String key, String authorities) {}
