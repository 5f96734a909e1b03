// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.JvmMethod;
import java.util.Arrays;
import java.util.Random;

/**
 * A made-up program: methods that call each other, a few of them very often, as in Zipf's law. The
 * same seed gives the same program.
 */
final class CallGraph {
  private static final int CALLEES = 6;
  private static final int LINES = 4;
  private static final String[] PACKAGES = {
    "com.acme.shop", "com.acme.shop.cart", "com.acme.billing.invoice", "org.framework.web.servlet",
    "org.framework.context.support", "io.netty.channel", "java.util.concurrent",
        "java.lang.reflect",
    "com.fasterxml.jackson.databind", "org.hibernate.event.internal"
  };
  private static final String[] WORDS = {
    "Order",
    "Handler",
    "Async",
    "Filter",
    "Chain",
    "Request",
    "Pipeline",
    "Session",
    "Abstract",
    "Default",
    "Proxy",
    "Cache",
    "Loader",
    "Mapper",
    "Query"
  };

  private final Random random;
  private final int[][] callees;

  /** Location rows of each method, one for each of its lines. */
  private final int[][] locations;

  private final double[] cumulativeRank;

  CallGraph(Random random, JvmFrames frames, int methods) {
    this.random = random;
    cumulativeRank = zipf(methods);
    callees = new int[methods][CALLEES];
    locations = new int[methods][LINES];
    for (int method = 0; method < methods; method++) {
      for (int callee = 0; callee < CALLEES; callee++) {
        callees[method][callee] = rank(methods);
      }
      JvmMethod named = name(method);
      for (int line = 0; line < LINES; line++) {
        locations[method][line] = frames.location(named, named.startLine() + 1 + line * 3L);
      }
    }
  }

  /** Starts another run of the same program. */
  void reseed(long seed) {
    random.setSeed(seed);
  }

  private static double[] zipf(int size) {
    double[] cumulative = new double[size];
    double sum = 0;
    for (int rank = 0; rank < size; rank++) {
      sum += 1.0 / (rank + 1);
      cumulative[rank] = sum;
    }
    return cumulative;
  }

  private int rank(int methods) {
    int at = Arrays.binarySearch(cumulativeRank, random.nextDouble() * cumulativeRank[methods - 1]);
    return Math.min(methods - 1, at < 0 ? -at - 1 : at);
  }

  private JvmMethod name(int method) {
    String simple = WORDS[method % 15] + WORDS[method / 15 % 15] + WORDS[method / 225 % 15];
    String className = PACKAGES[method % PACKAGES.length] + "." + simple;
    String name = "do" + WORDS[method / 7 % 15] + method;
    return new JvmMethod(className, name, "(I)V", simple + ".java", method % 400 + 1, "shop.jar");
  }

  /** Fills a stack, leaf first, with a walk from a root. */
  void walk(int[] stack) {
    int method = random.nextInt(8);
    for (int depth = stack.length - 1; depth >= 0; depth--) {
      stack[depth] = locations[method][random.nextInt(16) == 0 ? random.nextInt(LINES) : 0];
      // Mostly the first callee: programs are in few places most of the time.
      int choice =
          Math.min(CALLEES - 1, (int) (random.nextDouble() * random.nextDouble() * CALLEES));
      method = callees[method][choice];
    }
  }
}
