// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.flags.BoolFlag;
import io.pprof4j.flags.FlagSet;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;

/** The flags that stand for a value of {@code -sample_index}, kept from pprof's early days. */
final class SampleTypeFlags {
  private final BoolFlag[] flags;
  private final BoolFlag meanDelay;

  /** Sample types, in the order of {@link #flags}. */
  private static final String[] TYPES = {
    "delay", "delay", "contentions", "inuse_space", "inuse_objects", "alloc_space", "alloc_objects"
  };

  SampleTypeFlags(FlagSet set) {
    meanDelay = set.bool("mean_delay", false, "Display mean delay at each region");
    flags =
        new BoolFlag[] {
          set.bool("total_delay", false, "Display total delay at each region"),
          meanDelay,
          set.bool("contentions", false, "Display number of delays at each region"),
          set.bool("inuse_space", false, "Display in-use memory size"),
          set.bool("inuse_objects", false, "Display in-use object counts"),
          set.bool("alloc_space", false, "Display allocated memory size"),
          set.bool("alloc_objects", false, "Display allocated object counts")
        };
  }

  /** Chooses the sample type of the first flag given; an explicit {@code -sample_index} wins. */
  ReportOptions applyTo(ReportOptions options, Console console) {
    String type = options.get(ReportOption.SAMPLE_INDEX);
    for (int i = 0; i < TYPES.length; i++) {
      if (!flags[i].value()) {
        continue;
      }
      if (type.isEmpty()) {
        type = TYPES[i];
      } else {
        console.printError("Multiple value selections, ignoring -" + flags[i].name());
      }
    }
    ReportOptions chosen = options.with(ReportOption.SAMPLE_INDEX, type);
    return meanDelay.value() ? chosen.with(ReportOption.MEAN, true) : chosen;
  }
}
