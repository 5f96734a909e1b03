// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.SourceFinder;
import io.pprof4j.report.SourceFinder.SourceText;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lines of source files, each file found once. */
public final class SourceReader {
  private final SourceFinder finder;
  private final ReportOptions options;
  private final Map<String, Entry> files = new HashMap<>();

  /** A file, or why there is none. */
  private record Entry(SourceText text, Optional<String> error) {}

  /** Reads what a finder finds, along the paths of the options. */
  public SourceReader(SourceFinder finder, ReportOptions options) {
    this.finder = finder;
    this.options = options;
  }

  /**
   * A line of a file; empty if there is none.
   *
   * @param function a function of the file, which may help to find it
   */
  Optional<String> line(String path, String function, long line) {
    List<String> lines = entry(path, function).text.lines();
    return line > 0 && line <= lines.size()
        ? Optional.of(lines.get((int) line - 1))
        : Optional.empty();
  }

  /** Why a file cannot be read; empty if it can. */
  Optional<String> error(String path, String function) {
    return entry(path, function).error;
  }

  /** Why a file could not be read; empty if it could, or if nobody has asked for a line of it. */
  Optional<String> errorSoFar(String path) {
    Entry known = files.get(path);
    return known == null ? Optional.empty() : known.error;
  }

  /** What is to be said of a file's origin, or empty. */
  String note(String path, String function) {
    return entry(path, function).text.note();
  }

  /** A file found without its source may be found in parts, by the functions in it. */
  private Entry entry(String path, String function) {
    Entry whole = files.computeIfAbsent(path, sought -> find(sought, function));
    return whole.text.note().isEmpty()
        ? whole
        : files.computeIfAbsent(path + '\0' + function, sought -> find(path, function));
  }

  private Entry find(String path, String function) {
    try {
      SourceFinder.Request request =
          new SourceFinder.Request(
              path,
              function,
              options.get(ReportOption.SOURCE_PATH),
              options.get(ReportOption.TRIM_PATH));
      return new Entry(finder.find(request), Optional.empty());
    } catch (IOException notFound) {
      return new Entry(
          SourceText.of(List.of()), Optional.of(String.valueOf(notFound.getMessage())));
    }
  }
}
