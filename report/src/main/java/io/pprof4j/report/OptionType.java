// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.report.internal.text.GoNumbers;
import java.util.Locale;

/** How values of one type are read and written. */
abstract class OptionType<T> {
  static final OptionType<String> TEXT =
      new OptionType<>() {
        @Override
        String parse(String value) {
          return value;
        }

        @Override
        String format(String value) {
          return value;
        }
      };

  static final OptionType<Boolean> BOOLEAN =
      new OptionType<>() {
        @Override
        Boolean parse(String value) throws ReportException {
          return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1", "" -> true;
            case "false", "f", "no", "n", "0" -> false;
            default ->
                throw new ReportException(
                    "illegal value \"%s\" for bool variable".formatted(value));
          };
        }

        @Override
        String format(Boolean value) {
          return value.toString();
        }
      };

  static final OptionType<Long> INTEGER =
      new OptionType<>() {
        @Override
        Long parse(String value) throws ReportException {
          return GoNumbers.parseInt(value);
        }

        @Override
        String format(Long value) {
          return value.toString();
        }
      };

  static final OptionType<Double> REAL =
      new OptionType<>() {
        @Override
        Double parse(String value) throws ReportException {
          return GoNumbers.parseFloat(value);
        }

        @Override
        String format(Double value) {
          return GoNumbers.formatFloat(value);
        }
      };

  abstract T parse(String value) throws ReportException;

  abstract String format(T value);
}
