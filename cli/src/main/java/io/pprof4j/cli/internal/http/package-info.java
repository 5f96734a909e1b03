// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Fetches from servers: addresses as Go reads them, certificates, proxies, deadlines. */
package io.pprof4j.cli.internal.http;
