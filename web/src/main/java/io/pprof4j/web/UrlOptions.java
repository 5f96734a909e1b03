// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;

/** Settings as parameters of addresses. */
final class UrlOptions {
  private UrlOptions() {}

  /**
   * Changes settings as an address asks; parameters that are no settings are not looked at.
   *
   * @throws ReportException if a value does not fit its setting
   */
  static ReportOptions apply(ReportOptions start, Query query) throws ReportException {
    ReportOptions options = start;
    for (ReportOption<?> option : ReportOption.all()) {
      String value = option.urlParameter().isEmpty() ? "" : query.get(option.urlParameter());
      if (!value.isEmpty()) {
        options = set(options, option, value);
      }
    }
    return options;
  }

  private static ReportOptions set(ReportOptions options, ReportOption<?> option, String value)
      throws ReportException {
    try {
      return options.parse(option, value);
    } catch (ReportException bad) {
      throw new ReportException(
          "error setting config field " + option.name() + ": " + bad.getMessage());
    }
  }

  /**
   * Changes an address so that it has the settings that files keep; the others stay. What is at its
   * default is left out.
   */
  static Query describe(ReportOptions options, Query start) {
    Query query = start;
    for (ReportOption<?> option : ReportOption.all()) {
      if (option.isSaved() && !option.urlParameter().isEmpty()) {
        query = query.with(option.urlParameter(), value(options, option));
      }
    }
    return query;
  }

  private static String value(ReportOptions options, ReportOption<?> option) {
    if (options.isDefault(option)) {
      return "";
    }
    String value = options.text(option);
    return option.isBoolean() ? value.substring(0, 1) : value;
  }
}
