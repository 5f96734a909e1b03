// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Dumps of all threads, platform and virtual: {@link
 * io.pprof4j.capture.internal.threads.ThreadDumper} takes them, and the profiles {@code goroutine},
 * {@code threadcreate} and {@code wall} count or tell what it found. Virtual threads that wait are
 * recognised by the return addresses in their frozen stacks (decision 0029).
 */
package io.pprof4j.capture.internal.threads;
