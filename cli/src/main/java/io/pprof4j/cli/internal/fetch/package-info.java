// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Makes one profile of all sources and bases of a command: files, servers, running JVMs,
 * recordings, perf.data.
 */
package io.pprof4j.cli.internal.fetch;
