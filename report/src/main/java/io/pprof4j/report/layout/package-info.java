// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Lays graphs out and draws them. {@link io.pprof4j.report.layout.DrawGraph} is what is to be
 * drawn, {@link io.pprof4j.report.layout.LayeredLayout} finds positions, {@link
 * io.pprof4j.report.layout.SvgWriter} writes the picture. Nothing here knows of profiles.
 */
package io.pprof4j.report.layout;
