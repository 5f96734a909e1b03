// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Prints reports, each in a format of its own. */
package io.pprof4j.report.internal.print;
