// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Allocated bytes by the flight recorder, for heap profiles where the native library cannot be
 * loaded (decision 0027).
 */
package io.pprof4j.capture.internal.allocation;
