// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Adds names and lines to profiles that came without: from binaries on this machine, or from the
 * server that the profile came from.
 */
package io.pprof4j.cli.internal.symbolize;
