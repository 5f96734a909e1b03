// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The profile of CPU time and the engines that sample it: the flight recorder's and
 * async-profiler's, where that is loaded.
 */
package io.pprof4j.capture.internal.cpu;
