// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.LabelValue;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.internal.pattern.SearchPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads the expressions of tagfocus and tagignore. */
final class TagFilters {
  private final Map<String, String> labelUnits;
  private final Consumer<String> warnings;

  TagFilters(Map<String, String> labelUnits, Consumer<String> warnings) {
    this.labelUnits = labelUnits;
    this.warnings = warnings;
  }

  /**
   * The test that an expression means: {@code key=} may come first, then either a range of numbers
   * or regular expressions separated by commas. Without a key all expressions must match some
   * {@code key:value}; with a key one must match a value.
   *
   * @throws ReportException if a regular expression is malformed
   */
  Predicate<List<Label>> compile(String option, String expression) throws ReportException {
    int equals = expression.indexOf('=');
    Optional<String> key =
        equals <= 0 ? Optional.empty() : Optional.of(expression.substring(0, equals));
    String value = expression.substring(equals + 1);
    Optional<TagRange> range = TagRange.parse(value);
    if (range.isPresent()) {
      warnings.accept(option + ":Interpreted '" + value + "' as range, not regexp");
      return inRange(key, range.get());
    }
    List<Predicate<String>> patterns = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      patterns.add(SearchPattern.compile("parsing " + option + " regexp: ", part).finder());
    }
    return key.isPresent() ? anyMatches(key.get(), patterns) : allMatch(patterns);
  }

  private Predicate<List<Label>> inRange(Optional<String> key, TagRange range) {
    return labels ->
        labels.stream()
            .anyMatch(
                label ->
                    label.value() instanceof LabelValue.Number number
                        && key.map(label.key()::equals).orElse(true)
                        && range.contains(
                            number.number(), labelUnits.getOrDefault(label.key(), "")));
  }

  private static Predicate<List<Label>> anyMatches(String key, List<Predicate<String>> patterns) {
    return labels ->
        labels.stream()
            .anyMatch(
                label ->
                    label.value() instanceof LabelValue.Text text
                        && label.key().equals(key)
                        && patterns.stream().anyMatch(pattern -> pattern.test(text.text())));
  }

  private static Predicate<List<Label>> allMatch(List<Predicate<String>> patterns) {
    return labels ->
        patterns.stream()
            .allMatch(
                pattern ->
                    labels.stream()
                        .anyMatch(
                            label ->
                                label.value() instanceof LabelValue.Text text
                                    && pattern.test(label.key() + ":" + text.text())));
  }
}
