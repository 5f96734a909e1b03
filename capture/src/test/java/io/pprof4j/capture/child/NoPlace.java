// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.HeapSampler;

/** Tries to load the sampler where it cannot be put, and prints what it says. */
public final class NoPlace {
  private NoPlace() {}

  /** Ends with 0 if it was refused, twice in the same words. */
  public static void main(String[] args) {
    String first = tryIt();
    System.out.println(first);
    System.exit(first.equals(tryIt()) ? 0 : 1);
  }

  private static String tryIt() {
    try {
      HeapSampler.get();
      return "loaded";
    } catch (EngineUnavailableException e) {
      return e.getMessage();
    }
  }
}
