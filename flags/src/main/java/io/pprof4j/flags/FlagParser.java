// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/**
 * Reads the text of a {@link CustomFlag}.
 *
 * @param <T> the type of the value
 */
public interface FlagParser<T> {
  /**
   * Reads one value.
   *
   * @param text what the user typed
   * @return the value
   * @throws FlagValueException if the text is not acceptable; its message is the reason alone
   */
  T parse(String text) throws FlagValueException;
}
