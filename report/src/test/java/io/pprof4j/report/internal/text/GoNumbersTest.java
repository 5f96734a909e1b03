// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0.005, 0.005",
    "1, 1",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "-2.5, -2.5",
    "123456789, 123456789",
  })
  void writesTheShortestNumber(double number, String expected) {
    assertThat(GoNumbers.formatFloat(number)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ns",
    "1500, 1.5µs",
    "1500000, 1.5ms",
    "5044500000, 5.0445s",
    "90000000000, 1m30s",
    "3600000000000, 1h0m0s",
    "-1000000000, -1s",
  })
  void writesDurations(long nanos, String expected) {
    assertThat(GoNumbers.formatDuration(nanos)).isEqualTo(expected);
  }

  @Test
  void saysWhyTextIsNoNumber() {
    assertThatThrownBy(() -> GoNumbers.parseInt("abc"))
        .hasMessage("strconv.Atoi: parsing \"abc\": invalid syntax");
    assertThatThrownBy(() -> GoNumbers.parseInt("99999999999999999999"))
        .hasMessage("strconv.Atoi: parsing \"99999999999999999999\": value out of range");
    assertThatThrownBy(() -> GoNumbers.parseFloat("1,5"))
        .hasMessage("strconv.ParseFloat: parsing \"1,5\": invalid syntax");
  }

  @Test
  void roundsToTwoDigitsAsExactArithmeticDoes() {
    Random random = new Random(7);
    List<Double> numbers =
        new ArrayList<>(List.of(0.1, 0.01, 0.0999999, 0.995, 0.999, 0.045, 1e-4));
    for (int at = 0; at < 5_000; at++) {
      numbers.add(Math.pow(10, -4 * random.nextDouble()));
      numbers.add((10 + random.nextInt(100_000)) / 1e5);
    }
    for (double number : numbers) {
      BigDecimal exact = new BigDecimal(number).round(new MathContext(2, RoundingMode.HALF_EVEN));
      assertThat(GoNumbers.formatSignificant(number, 2))
          .as("%s", number)
          .isEqualTo(exact.stripTrailingZeros().toPlainString());
    }
  }

  @Test
  void writesSmallNumbersWithAnExponentOfTwoDigits() {
    Random random = new Random(8);
    List<Double> numbers = new ArrayList<>(List.of(9.996e-5, 9.95e-5, 1e-5, 7.8e-5, 1e-19, 2e-17));
    for (int at = 0; at < 5_000; at++) {
      numbers.add(Math.pow(10, -4 - 18 * random.nextDouble()));
      numbers.add((10 + random.nextInt(1_000)) / 1e8);
    }
    for (double number : numbers) {
      BigDecimal exact = new BigDecimal(number).round(new MathContext(2, RoundingMode.HALF_EVEN));
      assertThat(new BigDecimal(GoNumbers.formatSignificant(number, 2)))
          .as("%s", number)
          .isEqualByComparingTo(exact);
    }
    assertThat(GoNumbers.formatSignificant(9.996e-5, 2)).isEqualTo("0.0001");
    assertThat(GoNumbers.formatSignificant(7.8e-5, 2)).isEqualTo("7.8e-05");
    assertThat(GoNumbers.formatSignificant(3e-10, 2)).isEqualTo("3e-10");
  }

  @Test
  void writesTheLongestDurations() {
    assertThat(GoNumbers.formatDuration(Long.MAX_VALUE)).isEqualTo("2562047h47m16.854775807s");
    assertThat(GoNumbers.formatDuration(Long.MIN_VALUE)).isEqualTo("-2562047h47m16.854775808s");
  }
}
