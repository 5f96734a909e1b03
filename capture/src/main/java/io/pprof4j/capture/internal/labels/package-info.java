// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Labels of threads: who has which now ({@link io.pprof4j.capture.internal.labels.LabelTracker}),
 * who had which when an event happened, and how both reach recordings and the native library.
 */
package io.pprof4j.capture.internal.labels;
