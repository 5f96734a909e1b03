// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The command line: the table of commands, flags, help, completion scripts, and the {@link
 * io.pprof4j.cli.internal.flags.Invocation} that comes of it.
 */
package io.pprof4j.cli.internal.flags;
