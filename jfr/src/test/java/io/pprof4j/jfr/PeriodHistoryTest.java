// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodHistoryTest {
  @ParameterizedTest
  @CsvSource({
    "20 ms, 20000000",
    "1ms, 1000000",
    " 3 s , 3000000000",
    "500us, 500000",
    "70 ns, 70",
    "70, 70"
  })
  void readsPeriodsAsRecordingsWriteThem(String text, long nanos) {
    assertThat(PeriodHistory.parse(text)).hasValue(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"everyChunk", "off", "", "ms", "0 ms", "-1 ms", "20 parsecs", "99999999999999 s"})
  void whatIsNoPeriodIsNone(String text) {
    assertThat(PeriodHistory.parse(text)).isEmpty();
  }

  @Test
  void theShortestPeriodOfAllRecordingsHolds() {
    PeriodHistory history = new PeriodHistory(1, 10);
    assertThat(history.at(Instant.EPOCH)).isEqualTo(10);

    history.limit(3);
    history.limit(7);

    assertThat(history.at(Instant.EPOCH)).isEqualTo(3);
  }
}
