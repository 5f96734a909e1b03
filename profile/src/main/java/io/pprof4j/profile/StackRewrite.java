// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;

/**
 * Rewrites every distinct stack that a sample uses, once, and maps the samples onto the results.
 */
final class StackRewrite {
  /** What to return for stacks whose samples vanish. */
  static final int DROP = -1;

  private static final int UNSEEN = -2;

  /** Rewrites one stack. */
  interface Rule {
    /**
     * Writes the locations to keep, leaf first, to {@code out}, which has room for the whole stack.
     *
     * @return how many there are, or {@link #DROP}
     */
    int rewrite(int stack, int[] out);
  }

  private StackRewrite() {}

  /** The samples with their stacks rewritten, over {@code locations}. */
  static Samples apply(Samples samples, Locations locations, Rule rule) {
    StacksBuilder builder = new StacksBuilder();
    int[] target = new int[samples.stacks.size()];
    Arrays.fill(target, UNSEEN);
    int[] out = new int[samples.stacks.maxDepth()];
    SampleSelection selection = new SampleSelection(samples.size());
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      int stack = samples.stack[sample];
      if (target[stack] == UNSEEN) {
        int depth = rule.rewrite(stack, out);
        target[stack] = depth == DROP ? DROP : builder.intern(out, depth);
      }
      if (target[stack] != DROP) {
        selection.keep(sample, target[stack]);
      }
    }
    return selection.build(samples, locations, builder.build());
  }

  /** The samples without those whose stack is not to be kept; stacks and locations stay. */
  static Samples select(Samples samples, Locations locations, boolean[] keepStack) {
    SampleSelection selection = new SampleSelection(samples.size());
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      if (keepStack[samples.stack[sample]]) {
        selection.keep(sample, samples.stack[sample]);
      }
    }
    return selection.build(samples, locations, samples.stacks);
  }
}
