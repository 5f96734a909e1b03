// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every expectation was printed by Go's strconv, time and flag packages. */
class GoSyntaxTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "017,15",
    "0x1F,31",
    "0b101,5",
    "0o17,15",
    "0O17,15",
    "1_000,1000",
    "0_1,1",
    "0x_1,1",
    "+5,5",
    "-12,-12",
    "9223372036854775807,9223372036854775807",
    "-9223372036854775808,-9223372036854775808",
    "-0x8000000000000000,-9223372036854775808"
  })
  void readsWholeNumbers(String text, long value) throws FlagValueException {
    assertThat(GoNumbers.parseInt(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "08", "_1", "1_", "1__0", "0x", "1e3", " 1", "0xg", "1-", "٣"})
  void refusesWhatIsNoWholeNumber(String text) {
    assertThatThrownBy(() -> GoNumbers.parseInt(text)).hasMessage("parse error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "99999999999999999999"})
  void refusesWholeNumbersOutOfRange(String text) {
    assertThatThrownBy(() -> GoNumbers.parseInt(text)).hasMessage("value out of range");
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "1.,1",
    ".5,0.5",
    "1e5,100000",
    "0x1p3,8",
    "inf,Infinity",
    "-Inf,-Infinity",
    "nan,NaN",
    "infinity,Infinity",
    "1_0.5,10.5",
    "0x_1p3,8",
    "1e1_0,1e10",
    "1e-400,0",
    "-0,-0.0"
  })
  void readsFloats(String text, Double value) throws FlagValueException {
    assertThat(GoNumbers.parseFloat(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "1e", "1e+", "1f", "1d", "0x1", "+nan", "1_", "1e_1", " 1", "1_.5", "1.2.3"
      })
  void refusesWhatIsNoFloat(String text) {
    assertThatThrownBy(() -> GoNumbers.parseFloat(text)).hasMessage("parse error");
  }

  @Test
  void refusesFloatsOutOfRange() {
    assertThatThrownBy(() -> GoNumbers.parseFloat("1e400")).hasMessage("value out of range");
  }

  @ParameterizedTest
  @CsvSource({
    "0.005,0.005",
    "1e6,1e+06",
    "1e5,100000",
    "123456,123456",
    "1234567,1.234567e+06",
    "1e21,1e+21",
    "1.5,1.5",
    "-100,-100",
    "2500000.5,2.5000005e+06",
    "0.0001,0.0001",
    "0.00001,1e-05",
    "1e100,1e+100",
    "NaN,NaN",
    "-Infinity,-Inf",
    "0,0"
  })
  void writesFloats(double value, String text) {
    assertThat(GoNumbers.formatFloat(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "+5s,5000000000",
    "1.5h,5400000000000",
    "1h30m,5400000000000",
    "3.s,3000000000",
    ".5s,500000000",
    "2562047h47m16.854775807s,9223372036854775807",
    "-2562047h47m16.854775808s,-9223372036854775808",
    "1.0000000001s,1000000000",
    ".999999999999s,999999999",
    "0.3s,300000000",
    "1µs,1000",
    "1μs,1000",
    "-1m2ms3us4ns,-60002003004"
  })
  void readsDurations(String text, long nanos) {
    assertThat(GoDuration.parse(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100|time: missing unit in duration \"100\"",
        "1x|time: unknown unit \"x\" in duration \"1x\"",
        "1s 2s|time: unknown unit \"s \" in duration \"1s 2s\"",
        "''|time: invalid duration \"\"",
        "-|time: invalid duration \"-\"",
        ".s|time: invalid duration \".s\"",
        "2562047h47m16.854775808s|time: invalid duration \"2562047h47m16.854775808s\""
      })
  void refusesWhatIsNoDuration(String text, String message) {
    assertThatThrownBy(() -> GoDuration.parse(text)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "1,1ns",
    "1500,1.5µs",
    "1500000,1.5ms",
    "-2000000000,-2s",
    "120000000000,2m0s",
    "5400000000000,1h30m0s",
    "1010000000,1.01s",
    "9223372036854775807,2562047h47m16.854775807s",
    "-9223372036854775808,-2562047h47m16.854775808s"
  })
  void writesDurations(long nanos, String text) {
    assertThat(GoDuration.format(nanos)).isEqualTo(text);
  }

  @Test
  void quotesAsGoDoes() {
    String text = "a\u0000\u007f\u00e9\u200b\uD83D\uDE00\u00a0\t\"\\";

    assertThat(GoQuote.quote(text)).isEqualTo("\"a\\x00\\x7fé\\u200b😀\\u00a0\\t\\\"\\\\\"");
  }
}
