// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.report.internal.flame.FlameTimes;
import io.pprof4j.report.internal.print.JsonPrinter;
import io.pprof4j.report.internal.text.TextOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.function.ToIntFunction;

/**
 * Prints a {@link FlameData} as JSON of columns.
 *
 * <p>Texts are numbers of {@code strings}. {@code nodes.up} is how many levels a node is above the
 * place below its predecessor: 0 for a first child, 1 for a sibling. Values are multiples of {@code
 * quantum}. An outline has the number of its rest frame as {@code rest}. Columns of zeros, small
 * numbers and repetitions are what gzip shrinks best.
 */
public final class FlameJson {
  private static final List<FrameKind> KINDS = List.of(FrameKind.values());

  private final FlameData data;
  private final TextOutput out;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> strings = new ArrayList<>();

  private FlameJson(FlameData data, OutputStream target) {
    this.data = data;
    this.out = new TextOutput(target);
  }

  /**
   * Writes the data; the stream stays open. The text has no {@code <} and so may stand in HTML.
   *
   * @throws IOException if the stream fails
   */
  public static void write(FlameData data, OutputStream target) throws IOException {
    FlameJson json = new FlameJson(data, target);
    json.print();
    json.out.flush();
  }

  private void print() throws IOException {
    FlameData.Header header = data.header();
    out.line("{\"version\":1,");
    out.line("\"title\":" + quote(header.title()) + ",");
    out.line("\"type\":" + quote(header.type()) + ",");
    out.line("\"unit\":" + quote(header.unit()) + ",");
    out.line("\"scale\":" + header.scale() + ",");
    out.line("\"total\":" + header.total() + ",");
    out.line("\"quantum\":" + data.quantum() + ",");
    out.line("\"diff\":" + header.diff() + ",");
    if (data.restFrame() >= 0) {
      out.line("\"rest\":" + data.restFrame() + ",");
    }
    out.line("\"legend\":" + texts(header.legend()) + ",");
    out.line("\"kinds\":" + texts(kinds()) + ",");
    frames();
    nodes();
    if (data.times().isPresent()) {
      times(data.times().get());
    }
    out.line("\"strings\":" + texts(strings) + "}");
  }

  private static List<String> kinds() {
    return KINDS.stream().map(FrameKind::title).toList();
  }

  private void frames() throws IOException {
    out.line("\"frames\":{");
    frameColumn("name", frame -> number(frame.name()), ",");
    frameColumn("file", frame -> number(frame.file()), ",");
    frameColumn("package", frame -> number(frame.codePackage()), ",");
    frameColumn("module", frame -> number(frame.module()), ",");
    frameColumn("kind", frame -> KINDS.indexOf(frame.kind()), ",");
    frameColumn("inlined", frame -> frame.inlined() ? 1 : 0, "},");
  }

  private void frameColumn(String name, ToIntFunction<FlameData.Frame> value, String end)
      throws IOException {
    List<FlameData.Frame> frames = data.frames();
    column(name, frames.size(), frame -> value.applyAsInt(frames.get(frame)), end);
  }

  private void nodes() throws IOException {
    int count = data.nodeCount();
    out.line("\"nodes\":{");
    column("up", count, this::up, ",");
    column("frame", count, data::frame, ",");
    boolean diff = data.header().diff();
    column("self", count, node -> data.self(node) / data.quantum(), diff ? "," : "},");
    if (diff) {
      column("base", count, node -> data.base(node) / data.quantum(), "},");
    }
  }

  private int up(int node) {
    return node == 0 ? 0 : data.depth(node - 1) + 1 - data.depth(node);
  }

  private void times(FlameTimes times) throws IOException {
    out.line("\"time\":{");
    out.line("\"startMillis\":" + times.startNanos / 1_000_000 + ",");
    out.line("\"bucketMillis\":" + times.bucketNanos / 1_000_000 + ",");
    out.line("\"buckets\":" + times.buckets + ",");
    int cells = times.node.length;
    column(
        "nodeStep", cells, cell -> times.node[cell] - (cell == 0 ? 0 : times.node[cell - 1]), ",");
    column("bucket", cells, cell -> times.bucket[cell], ",");
    column("value", cells, cell -> times.value[cell] / data.quantum(), "},");
  }

  private void column(String name, int count, IntToLongFunction value, String end)
      throws IOException {
    StringBuilder text = out.buffer().append('"').append(name).append("\":[");
    for (int row = 0; row < count; row++) {
      if (row > 0) {
        text.append(row % 4096 == 0 ? ",\n" : ",");
      }
      text.append(value.applyAsLong(row));
      if (row % 4096 == 0) {
        out.flush();
      }
    }
    out.line("]" + end);
  }

  private int number(String text) {
    Integer known = numbers.putIfAbsent(text, strings.size());
    if (known != null) {
      return known;
    }
    strings.add(text);
    return strings.size() - 1;
  }

  private static String texts(List<String> texts) {
    return "[" + String.join(",\n", texts.stream().map(FlameJson::quote).toList()) + "]";
  }

  private static String quote(String text) {
    return JsonPrinter.quote(text).replace("<", "\\u003c");
  }
}
