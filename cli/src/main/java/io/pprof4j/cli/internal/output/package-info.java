// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Makes reports and brings them where they belong: the terminal, a file, another program. */
package io.pprof4j.cli.internal.output;
