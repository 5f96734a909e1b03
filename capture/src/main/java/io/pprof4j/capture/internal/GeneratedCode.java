// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

/**
 * Where the JVM has the code that it generates: compiled methods, stubs, and the interpreter.
 *
 * @param low the first address
 * @param size bytes from there
 */
public record GeneratedCode(long low, long size) {
  /** Whether a word is an address of generated code. */
  public boolean has(long word) {
    return Long.compareUnsigned(word - low, size) < 0;
  }
}
