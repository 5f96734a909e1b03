// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasurementTest {
  @ParameterizedTest
  @CsvSource({
    "1024, bytes, auto, 1kB",
    "1536, B, kb, 1.50kB",
    "1023, byte, minimum, 1023B",
    "0, bytes, auto, 0",
    "-2048, bytes, auto, -2kB",
    "1500000, nanoseconds, ms, 1.50ms",
    "90, seconds, auto, 90s",
    "7200, sec, auto, 2hrs",
    "1, ns, s, 0",
    "5, count, minimum, 5",
    "5, widgets, minimum, 5",
    "5, widgets, crates, 5crates",
    "1000, milliGCU, auto, 1GCU",
    "10, ms, bytes, 0.01s",
    "9007199254740993, bytes, auto, 8PB",
  })
  void showsValuesInUnits(long value, String from, String to, String expected) {
    assertThat(Measurement.label(value, from, to)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "1, 1, 100%",
        "9996, 10000, 100%",
        "-1, 2, 50.00%",
        "1, 3, 33.33%",
        "30, 1, 3000.00%",
        "1, 1000, 0.1%",
        "123, 1000000, 0.012%",
        "1, 10000000, 1e-05%",
        "5, 0, 0%",
      })
  void showsSharesWithTwoSignificantDigitsAtLeast(long value, long total, String expected) {
    String percentage = Measurement.percentage(value, total);

    assertThat(percentage.strip()).isEqualTo(expected);
    assertThat(percentage.length()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void roundsToTwoDecimalsAsExactArithmeticDoes() {
    Random random = new Random(5);
    for (int at = 0; at < 20_000; at++) {
      // Bytes in larger units are often exactly in the middle, as 1/8 kB is.
      long value =
          at < 10_000 ? 64L * random.nextInt(1 << 20) : random.nextLong() >>> (1 + at % 60);
      for (String unit : List.of("kB", "MB", "TB")) {
        double scaled = Measurement.scale(value, "bytes", unit).value();
        String exact = new BigDecimal(scaled).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
        String expected = exact.equals("0.00") ? "0" : exact.replaceFirst("\\.00$", "") + unit;
        assertThat(Measurement.label(value, "bytes", unit)).as("%d B", value).isEqualTo(expected);
      }
    }
  }

  @Test
  void keepsTheMostNegativeNumberFromOverflowing() {
    assertThat(Measurement.scale(Long.MIN_VALUE, "bytes", "bytes").value())
        .isEqualTo((double) Long.MIN_VALUE);
  }
}
