// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Lays graphs out and draws them: {@link io.pprof4j.report.layout.DrawGraph} is what is to be
 * drawn.
 */
package io.pprof4j.report.layout;
