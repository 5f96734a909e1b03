// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.report.ReportException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagRangeTest {
  @ParameterizedTest
  @CsvSource({
    "32kb, 32768, bytes, true",
    "32kb, 32769, bytes, false",
    "32kb:, 40000, bytes, true",
    ":32kb, 40000, bytes, false",
    "32kb:64kb, 65536, bytes, true",
    "32kb:64kb, 65537, bytes, false",
    "1s:, 1500, ms, true",
    "1s:, 1500, bytes, false",
    "5, 5, '', true",
  })
  void containsBothBounds(String range, long number, String unit, boolean expected)
      throws ReportException {
    assertThat(TagRange.parse(range).orElseThrow().contains(number, unit)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"abc", "5x:6y:7z", "foo5", "32kb:64ms", "''"})
  void leavesOtherTextToRegularExpressions(String text) throws ReportException {
    assertThat(TagRange.parse(text)).isEmpty();
  }
}
