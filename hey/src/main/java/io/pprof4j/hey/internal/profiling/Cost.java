// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.profiling;

import java.util.List;

/**
 * What one request costs the target, by one of its profiles.
 *
 * @param name what is counted: {@code CPU}, {@code Allocated}, {@code Blocked} ...
 * @param unit the unit of the numbers: {@code ns}, {@code bytes}, {@code objects}
 * @param perRequest the cost of one request
 * @param top the functions that cost most themselves, the dearest first
 */
public record Cost(String name, String unit, double perRequest, List<Share> top) {
  /**
   * The part of one function.
   *
   * @param function its name
   * @param perRequest its own cost for each request
   * @param percent its part of the whole
   */
  public record Share(String function, double perRequest, double percent) {}
}
