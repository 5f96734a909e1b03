// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Calls as a flame graph. */
package io.pprof4j.report.internal.flame;
