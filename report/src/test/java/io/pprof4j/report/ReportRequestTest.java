// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which reports may be made of profiles without stacks. */
class ReportRequestTest {
  private static final List<ReportOption<String>> OF_STACKS =
      List.of(
          ReportOption.FOCUS,
          ReportOption.IGNORE,
          ReportOption.HIDE,
          ReportOption.SHOW,
          ReportOption.SHOW_FROM,
          ReportOption.PRUNE_FROM,
          ReportOption.TAG_ROOT,
          ReportOption.TAG_LEAF);

  private static final Profile PROFILE =
      new TestProfiles()
          .sample(List.of(Label.of("thread", "main"), Label.of("bytes", 512, "bytes")), 5, "a", "b")
          .sample(List.of(Label.of("thread", "main")), 3, "c")
          .sample(List.of(Label.of("thread", "pool-1"), Label.of("k", "v")), -2, "a", "b")
          .sample(1, "d")
          .build()
          .withHeader(header -> header.withComments(List.of("of a test")));

  private static boolean needsStacks(ReportFormat format, ReportOptions options) {
    return ReportRequest.of(format, options).needsStacks();
  }

  @Test
  void labelsAndCommentsNeedThemOnlyWhereAnOptionDoes() {
    for (ReportFormat format : ReportFormat.values()) {
      boolean isOfLabels = format == ReportFormat.TAGS || format == ReportFormat.COMMENTS;
      assertThat(needsStacks(format, ReportOptions.defaults())).isEqualTo(!isOfLabels);
      for (ReportOption<String> option : OF_STACKS) {
        ReportOptions options = ReportOptions.defaults().with(option, "thread");
        assertThat(needsStacks(format, options)).as(option.name()).isTrue();
      }
    }
  }

  @Test
  void reportsThatDoNotNeedThemAreTheSameWithout() throws IOException, ReportException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PROFILE.writeTo(out);
    Profile without = ProfileReader.withDefaults().withoutStacks().read(out.toByteArray());
    List<ReportOptions> all = new ArrayList<>();
    ReportOptions plain = ReportOptions.defaults();
    all.add(plain);
    all.add(plain.with(ReportOption.TAG_FOCUS, "main"));
    all.add(plain.with(ReportOption.TAG_FOCUS, "nobody"));
    all.add(plain.with(ReportOption.TAG_FOCUS, "bytes=256:"));
    all.add(plain.with(ReportOption.TAG_IGNORE, "pool"));
    all.add(plain.with(ReportOption.TAG_SHOW, "thread"));
    all.add(plain.with(ReportOption.TAG_HIDE, "thread"));
    all.add(plain.with(ReportOption.RELATIVE_PERCENTAGES, true).with(ReportOption.TAG_FOCUS, "v"));
    all.add(plain.with(ReportOption.DROP_NEGATIVE, true));
    all.add(plain.with(ReportOption.DIVIDE_BY, 2.0));
    all.add(plain.with(ReportOption.UNIT, "kilobytes"));
    all.add(plain.with(ReportOption.GRANULARITY, "lines"));

    for (ReportFormat format : List.of(ReportFormat.TAGS, ReportFormat.COMMENTS)) {
      for (ReportOptions options : all) {
        assertThat(needsStacks(format, options)).isFalse();
        assertThat(TestProfiles.print(without, format, options))
            .isEqualTo(TestProfiles.print(PROFILE, format, options));
      }
    }
  }
}
