// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.flags.BoolFlag;
import io.pprof4j.flags.Flag;
import io.pprof4j.flags.FlagGroup;
import io.pprof4j.flags.FlagSet;
import io.pprof4j.flags.FloatFlag;
import io.pprof4j.flags.IntFlag;
import io.pprof4j.flags.StringFlag;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One flag per report option, and one per choice of a group. */
final class OptionFlags {
  private final Map<ReportOption<?>, Flag> flags = new LinkedHashMap<>();
  private final Map<ReportOption<?>, FlagGroup> groups = new LinkedHashMap<>();

  OptionFlags(FlagSet set) {
    for (ReportOption<?> option : ReportOption.all()) {
      if (option.choices().isEmpty()) {
        flags.put(option, define(set, option));
      } else {
        groups.put(option, group(set, option));
      }
    }
  }

  private static Flag define(FlagSet set, ReportOption<?> option) {
    Object value = option.defaultValue();
    if (value instanceof Boolean bool) {
      return set.bool(option.name(), bool, option.help());
    }
    if (value instanceof Long number) {
      return set.int64(option.name(), number, option.help());
    }
    if (value instanceof Double number) {
      return set.float64(option.name(), number, option.help());
    }
    return set.string(option.name(), value.toString(), option.help());
  }

  private static FlagGroup group(FlagSet set, ReportOption<?> option) {
    FlagGroup group = set.group();
    for (String choice : option.choices()) {
      group.add(choice, option.choiceHelp(choice));
    }
    return group;
  }

  /**
   * The options with the values that the command line gave.
   *
   * @throws CliException if two choices of a group were given
   */
  ReportOptions applyTo(ReportOptions options) throws CliException {
    ReportOptions result = options;
    for (Map.Entry<ReportOption<?>, Flag> entry : flags.entrySet()) {
      if (entry.getValue().isSet()) {
        result = withValue(result, entry.getKey(), entry.getValue());
      }
    }
    for (Map.Entry<ReportOption<?>, FlagGroup> entry : groups.entrySet()) {
      List<String> chosen = entry.getValue().chosen();
      if (chosen.size() > 1) {
        throw new CliException("conflicting options set: [" + String.join(" ", chosen) + "]");
      }
      if (!chosen.isEmpty()) {
        result = parsed(result, entry.getKey(), chosen.get(0));
      }
    }
    return result;
  }

  @SuppressWarnings("unchecked") // define() chose the flag by the type of the option's value
  private static ReportOptions withValue(ReportOptions options, ReportOption<?> option, Flag flag) {
    if (flag instanceof BoolFlag bool) {
      return options.with((ReportOption<Boolean>) option, bool.value());
    }
    if (flag instanceof IntFlag number) {
      return options.with((ReportOption<Long>) option, number.value());
    }
    if (flag instanceof FloatFlag number) {
      return options.with((ReportOption<Double>) option, number.value());
    }
    return options.with((ReportOption<String>) option, ((StringFlag) flag).value());
  }

  private static ReportOptions parsed(ReportOptions options, ReportOption<?> option, String value) {
    try {
      return options.parse(option, value);
    } catch (ReportException impossible) {
      throw new IllegalStateException(value + " is a choice of " + option, impossible);
    }
  }
}
