// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Reduces a profile to reports and prints them: start at {@link io.pprof4j.report.Reports}. */
package io.pprof4j.report;
