// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.profile.Utf8;
import io.pprof4j.report.Measurement;
import io.pprof4j.report.internal.text.TabTable;
import java.io.IOException;
import java.io.OutputStream;

/** Prints a {@link TagsReport} as a table whose columns are right-aligned. */
public final class TagsPrinter {
  private TagsPrinter() {}

  /** Prints to a stream, which is not closed. */
  public static void print(TagsReport tags, OutputStream target) throws IOException {
    TabTable table = new TabTable();
    for (TagsReport.Key key : tags.keys()) {
      String total = tags.format().text(key.total());
      String of = " Total " + total + " of " + tags.format().text(tags.total());
      table.line(key.name() + ":\t" + of + share(tags, key.total()));
      for (TagsReport.Value value : key.values()) {
        String weight = tags.format().text(value.weight());
        table.line(" \t" + weight + share(tags, value.weight()) + ":\t " + value.name());
      }
      table.line("");
    }
    target.write(Utf8.encode(table.format()));
  }

  private static String share(TagsReport tags, long weight) {
    return tags.total() > 0 ? " (" + Measurement.percentage(weight, tags.total()) + ")" : "";
  }
}
