// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.report.internal.text.GoNumbers;
import io.pprof4j.report.internal.text.GoText;
import java.util.Arrays;
import java.util.Optional;

/**
 * The settings of one report. Immutable: every change makes a copy, so that reports with different
 * settings can run at the same time.
 */
public final class ReportOptions {
  private static final ReportOptions DEFAULTS = new ReportOptions(new Object[0]);

  /** Values by {@link ReportOption#index()}. */
  private final Object[] values;

  private ReportOptions(Object[] values) {
    this.values = values;
  }

  /** Every option at its default. */
  public static ReportOptions defaults() {
    return DEFAULTS;
  }

  /** The value of an option. */
  @SuppressWarnings("unchecked") // with() is the only writer and checks the type
  public <T> T get(ReportOption<T> option) {
    Object value = option.index() < values.length ? values[option.index()] : null;
    return value == null ? option.defaultValue() : (T) value;
  }

  /** A copy with one option changed. */
  public <T> ReportOptions with(ReportOption<T> option, T value) {
    Object[] changed = Arrays.copyOf(values, ReportOption.count());
    changed[option.index()] = value;
    return new ReportOptions(changed);
  }

  /**
   * A copy with one option changed to what {@code value} says.
   *
   * @throws ReportException if it is not a value of the option
   */
  public <T> ReportOptions parse(ReportOption<T> option, String value) throws ReportException {
    return with(option, option.parse(value));
  }

  /**
   * A copy with the option of that name changed. The name may be a choice of a group, which is
   * chosen if the value means yes.
   *
   * @throws ReportException if there is no such option or choice, or the value does not fit
   */
  public ReportOptions parse(String name, String value) throws ReportException {
    Optional<ReportOption<?>> option = ReportOption.named(name);
    if (option.isPresent()) {
      return parse(option.get(), value);
    }
    Optional<ReportOption<?>> group = ReportOption.ofChoice(name);
    if (group.isPresent() && GoNumbers.isTrue(value)) {
      return parse(group.get(), name);
    }
    throw new ReportException("unknown config field " + GoText.quote(name));
  }

  /** The value of an option as pprof shows it. */
  public <T> String text(ReportOption<T> option) {
    return option.format(get(option));
  }

  /** Whether an option has its default value. */
  public <T> boolean isDefault(ReportOption<T> option) {
    return get(option).equals(option.defaultValue());
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof ReportOptions options
        && ReportOption.all().stream().allMatch(option -> get(option).equals(options.get(option)));
  }

  @Override
  public int hashCode() {
    return ReportOption.all().stream().mapToInt(option -> 31 * get(option).hashCode()).sum();
  }

  /** The options that differ from their defaults, as {@code name=value} words. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (ReportOption<?> option : ReportOption.all()) {
      if (!isDefault(option)) {
        text.append(text.isEmpty() ? "" : " ").append(option).append('=').append(text(option));
      }
    }
    return text.toString();
  }
}
