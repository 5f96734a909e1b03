// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The profile {@code trace}: a recording of the flight recorder, without what could hold secrets.
 */
package io.pprof4j.capture.internal.trace;
