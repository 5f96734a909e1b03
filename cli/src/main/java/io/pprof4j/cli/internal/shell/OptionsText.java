// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.shell;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The list that the shell's {@code options} prints: all options, values and choices. */
final class OptionsText {
  private static final int NAME_WIDTH = 25;
  private static final int VALUE_WIDTH = 20;

  private OptionsText() {}

  static String of(ReportOptions options, Profile profile) {
    List<String> lines = new ArrayList<>();
    for (ReportOption<?> option : ReportOption.all()) {
      if (option != ReportOption.SOURCE_PATH) {
        lines.add(line(option, options, profile));
      }
    }
    Collections.sort(lines);
    return String.join("\n", lines);
  }

  private static String line(ReportOption<?> option, ReportOptions options, Profile profile) {
    String value = options.text(option);
    String comment = "";
    if (!option.choices().isEmpty()) {
      List<String> choices = new ArrayList<>(option.choices());
      Collections.sort(choices);
      comment = choices(choices);
    } else if (option == ReportOption.SAMPLE_INDEX) {
      List<String> types = Shell.typeNames(profile);
      value = value.isEmpty() ? types.get(types.size() - 1) : value;
      comment = choices(types);
    } else if (option == ReportOption.NODE_COUNT && value.equals("-1")) {
      comment = "//: default";
    } else if (value.isEmpty()) {
      value = "\"\"";
    }
    if (option == ReportOption.GRANULARITY && value.isEmpty()) {
      value = "(default)";
    }
    return "  "
        + padded(option.name(), NAME_WIDTH)
        + " = "
        + padded(value, VALUE_WIDTH)
        + " "
        + comment;
  }

  private static String choices(List<String> choices) {
    return "//: [" + String.join(" | ", choices) + "]";
  }

  private static String padded(String text, int width) {
    int length = text.codePointCount(0, text.length());
    return length >= width ? text : text + " ".repeat(width - length);
  }
}
