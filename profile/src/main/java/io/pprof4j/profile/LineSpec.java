// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/**
 * A frame of a location to be added to a {@link ProfileBuilder}.
 *
 * @param function row given by {@link ProfileBuilder#function}
 * @param line line in the source, 0 if unknown
 * @param column column in the source, 0 if unknown
 */
public record LineSpec(int function, long line, long column) {
  /** A frame without a column. */
  public static LineSpec of(int function, long line) {
    return new LineSpec(function, line, 0);
  }
}
