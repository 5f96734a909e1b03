// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportOptionsTest {
  @Test
  void readsOptionsByName() throws ReportException {
    ReportOptions options =
        ReportOptions.defaults().parse("nodecount", "20").parse("trim", "no").parse("mean", "");

    assertThat(options.get(ReportOption.NODE_COUNT)).isEqualTo(20);
    assertThat(options.get(ReportOption.TRIM)).isFalse();
    assertThat(options.get(ReportOption.MEAN)).isTrue();
    assertThat(options).hasToString("mean=true nodecount=20 trim=false");
  }

  @Test
  void leavesTheOptionsItWasMadeFromAlone() throws ReportException {
    ReportOptions before = ReportOptions.defaults();

    before.parse("focus", "main");

    assertThat(before.isDefault(ReportOption.FOCUS)).isTrue();
  }

  @Test
  void choosesAMemberOfAGroupByItsName() throws ReportException {
    ReportOptions options = ReportOptions.defaults().parse("lines", "1").parse("cum", "true");

    assertThat(options.get(ReportOption.GRANULARITY)).isEqualTo("lines");
    assertThat(options.get(ReportOption.SORT)).isEqualTo("cum");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    ReportOptions options = ReportOptions.defaults();

    assertThatThrownBy(() -> options.parse("lines", "false"))
        .hasMessage("unknown config field \"lines\"");
    assertThatThrownBy(() -> options.parse("bogus", "1"))
        .hasMessage("unknown config field \"bogus\"");
    assertThatThrownBy(() -> options.parse("granularity", "words"))
        .hasMessage("invalid \"granularity\" value \"words\"");
    assertThatThrownBy(() -> options.parse("trim", "maybe"))
        .hasMessage("illegal value \"maybe\" for bool variable");
  }

  @Test
  void hasOneUrlParameterForEachOption() {
    Set<String> parameters = new HashSet<>();
    for (ReportOption<?> option : ReportOption.all()) {
      if (!option.urlParameter().isEmpty()) {
        assertThat(parameters.add(option.urlParameter())).as(option.name()).isTrue();
      }
    }
    assertThat(parameters).contains("f", "tr", "tl", "si");
  }
}
