// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What all profiles of this JVM are made with: the native library ({@link
 * io.pprof4j.capture.internal.NativeSampler}), the names of the code that runs, stacks that are
 * counted, text, windows of time. The packages below are for one kind of profile each, or stand
 * between; this one knows none of them.
 */
package io.pprof4j.capture.internal;
