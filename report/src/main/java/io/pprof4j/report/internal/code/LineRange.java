// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import io.pprof4j.report.internal.code.WebListCode.Code;
import io.pprof4j.report.internal.code.WebListCode.Placed;
import io.pprof4j.report.internal.code.WebListCode.SourceCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lines of a file that are shown as one function.
 *
 * @param name the function
 * @param begin the first line
 * @param end the line after the last
 * @param flat sum of the lines' own values
 * @param cum sum of the lines' values and those of what they called
 */
record LineRange(String name, long begin, long end, long flat, long cum) {
  /** Lines of the same function that are nearer than this are one range. */
  private static final long MERGED_GAP = 20;

  /** Lines shown around a range. */
  private static final long MARGIN = 5;

  /** The ranges of a file, in the order of their lines. */
  static List<LineRange> of(SourceCode file, WebListCode code, Map<String, String> names) {
    List<LineRange> ranges = new ArrayList<>();
    file.lines.forEach(
        (line, placed) -> {
          String function = file.functions.getOrDefault(line, "");
          LineRange single = ofLine(names.getOrDefault(function, function), line, placed, code);
          int last = ranges.size() - 1;
          if (last >= 0 && ranges.get(last).isNear(single)) {
            ranges.set(last, ranges.get(last).merge(single));
          } else {
            ranges.add(single);
          }
        });
    return withMargins(ranges);
  }

  private static LineRange ofLine(String name, long line, List<Placed> placed, WebListCode code) {
    long flat = 0;
    long cum = 0;
    for (Placed instruction : placed) {
      Code at = code.instructions.get(instruction.address());
      if (at != null) {
        flat += at.flat();
        cum += at.cum();
      }
    }
    return new LineRange(name, line, line + 1, flat, cum);
  }

  private boolean isNear(LineRange next) {
    return next.begin - end < MERGED_GAP && next.name.equals(name);
  }

  private LineRange merge(LineRange next) {
    return new LineRange(name, begin, next.end, flat + next.flat, cum + next.cum);
  }

  private static List<LineRange> withMargins(List<LineRange> ranges) {
    List<LineRange> wide = new ArrayList<>(ranges);
    for (int at = 0; at < wide.size(); at++) {
      LineRange range = wide.get(at);
      if (at == 0) {
        // Line 0 stands for unknown lines and is left alone.
        long begin = range.begin > MARGIN ? range.begin - MARGIN : Math.min(range.begin, 1);
        wide.set(at, range.from(begin));
      } else {
        LineRange before = wide.get(at - 1);
        long half = Math.min((range.begin - before.end) / 2, MARGIN);
        wide.set(at - 1, before.to(before.end + half));
        wide.set(at, range.from(range.begin - half));
      }
    }
    int last = wide.size() - 1;
    if (last >= 0) {
      wide.set(last, wide.get(last).to(wide.get(last).end + MARGIN));
    }
    return wide;
  }

  private LineRange from(long newBegin) {
    return new LineRange(name, newBegin, end, flat, cum);
  }

  private LineRange to(long newEnd) {
    return new LineRange(name, begin, newEnd, flat, cum);
  }
}
