// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The flight recorder as the profiles use it: recordings with a beginning and an end, the stream
 * that is always open, and what is read of their events.
 */
package io.pprof4j.capture.internal.recordings;
