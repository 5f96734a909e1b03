// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** The interactive shell, at a terminal and from a pipe. */
package io.pprof4j.cli.internal.shell;
