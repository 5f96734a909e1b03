// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The filters that look at labels. Each distinct list is judged once, if a sample has it. */
final class LabelFilters {
  private LabelFilters() {}

  /** Keeps samples that match focus and do not match ignore. */
  static Samples bySample(Samples samples, ProfileFilter filter, EnumSet<FilterKind> matched) {
    Judgement focus = new Judgement(samples, filter.label(FilterKind.TAG_FOCUS).orElse(null));
    Judgement ignore = new Judgement(samples, filter.label(FilterKind.TAG_IGNORE).orElse(null));
    SampleSelection selection = new SampleSelection(samples.size());
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      int set = samples.labels[sample];
      boolean focused = focus.given() ? focus.of(set) : true;
      boolean ignored = ignore.given() && ignore.of(set);
      if (focused) {
        matched.add(FilterKind.TAG_FOCUS);
      }
      if (ignored) {
        matched.add(FilterKind.TAG_IGNORE);
      }
      if (focused && !ignored) {
        selection.keep(sample, samples.stack[sample]);
      }
    }
    return selection.build(samples, samples.locations, samples.stacks);
  }

  /** Remembers what a predicate said of each list. */
  private static final class Judgement {
    private final LabelSets sets;
    private final @Nullable Predicate<List<Label>> predicate;
    private final byte[] known;

    Judgement(Samples samples, @Nullable Predicate<List<Label>> predicate) {
      this.sets = samples.labelSets;
      this.predicate = predicate;
      known = new byte[predicate == null ? 0 : sets.size()];
      Arrays.fill(known, (byte) -1);
    }

    boolean given() {
      return predicate != null;
    }

    boolean of(int set) {
      if (known[set] < 0 && predicate != null) {
        known[set] = (byte) (predicate.test(sets.get(set)) ? 1 : 0);
      }
      return known[set] == 1;
    }
  }

  /** Keeps labels whose key is to be shown and not hidden. */
  static Samples byKey(Samples samples, ProfileFilter filter, EnumSet<FilterKind> matched) {
    Predicate<String> show = filter.name(FilterKind.TAG_SHOW).orElse(null);
    Predicate<String> hide = filter.name(FilterKind.TAG_HIDE).orElse(null);
    return LabelEdit.apply(
        samples,
        (sets, label) -> {
          String key = sets.strings.get(sets.key[label]);
          boolean shown = show == null || show.test(key);
          boolean hidden = hide != null && hide.test(key);
          if (shown) {
            matched.add(FilterKind.TAG_SHOW);
          }
          if (hidden) {
            matched.add(FilterKind.TAG_HIDE);
          }
          return shown && !hidden;
        });
  }
}
