// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The profiles {@code block} and {@code mutex}: what threads waited for, from events of the flight
 * recorder, and who made them wait, from looks at the threads that wait now.
 */
package io.pprof4j.capture.internal.waits;
