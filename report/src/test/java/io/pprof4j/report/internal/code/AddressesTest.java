// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Go's {@code strconv.ParseUint} reads in base 0. */
class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "4096, 4096",
    "0x1F, 31",
    "0X_1f_0, 496",
    "0b101, 5",
    "0o17, 15",
    "017, 15",
    "0_17, 15",
    "1_000, 1000",
    "0, 0"
  })
  void readsNumbersInGosNotation(String text, long number) {
    assertThat(Addresses.parse(text)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "main", "0x", "+5", "-5", "1__0", "_1", "1_", "08", "0a1", "ff", "0b2"})
  void readsNothingElse(String text) {
    assertThat(Addresses.parse(text)).isEmpty();
  }

  @Test
  void readsAddressesOfTheUpperHalf() {
    assertThat(Addresses.parse("0xffffffffffffffff")).hasValue(-1);
    assertThat(Addresses.parse("0x10000000000000000")).isEmpty();
  }
}
