// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.FlameData;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares flame graphs to those that google/pprof's web UI was recorded to send ({@code
 * webui/flame.jsonl}: the arguments it was started with, the query, and the object it sent).
 */
class FlameConformanceTest {
  /** What is summed for a frame: its own value, and that of all stacks it is on. */
  private record Sums(long self, long total) {
    Sums plus(Sums other) {
      return new Sums(self + other.self, total + other.total);
    }
  }

  @TestFactory
  Stream<DynamicTest> showsTheStacksOfTheOriginal() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    Stream.Builder<DynamicTest> tests = Stream.builder();
    for (String line : Files.readAllLines(resource("webui/flame.jsonl"))) {
      JsonNode recorded = mapper.readTree(line);
      tests.add(DynamicTest.dynamicTest(recorded.get("id").asText(), () -> compare(recorded)));
    }
    return tests.build();
  }

  private static void compare(JsonNode recorded) throws Exception {
    FlameData ours = FlameData.of(profile(recorded), options(recorded));

    assertThat(ours.header().total()).isEqualTo(recorded.get("total").asLong());
    assertThat(ours.header().type()).isEqualTo(recorded.get("type").asText());
    assertThat(ours.header().unit()).isEqualTo(recorded.get("unit").asText());
    assertThat(ours.header().scale())
        .isCloseTo(
            recorded.get("scale").asDouble(), within(recorded.get("scale").asDouble() / 1e9));
    assertThat(paths(ours)).isEqualTo(paths(recorded));
    assertThat(frames(ours)).isEqualTo(frames(recorded));
  }

  /**
   * Whether the original leaves the frame out: locations without symbols have no place in its
   * stacks, and their callers get their values.
   */
  private static boolean isUnsymbolized(FlameData.Frame frame) {
    return frame.file().isEmpty() && (frame.name().endsWith("]") || frame.name().startsWith("<"));
  }

  private static Profile profile(JsonNode recorded) throws Exception {
    Profile profile = Profile.builder().build();
    Profile base = null;
    for (JsonNode argument : recorded.get("args")) {
      String text = argument.asText();
      if (text.startsWith("-diff_base=")) {
        base = Profile.read(resource("pprof/" + text.substring("-diff_base=".length())));
      } else if (!text.startsWith("-")) {
        profile = Profile.read(resource("pprof/" + text));
      }
    }
    return base == null ? profile : profile.diff(base);
  }

  private static ReportOptions options(JsonNode recorded) throws Exception {
    ReportOptions options = ReportOptions.defaults();
    for (JsonNode argument : recorded.get("args")) {
      String text = argument.asText();
      if (text.startsWith("-source_path=")) {
        options = options.with(ReportOption.SOURCE_PATH, text.substring(13));
      }
    }
    for (String parameter : recorded.get("query").asText().split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      for (ReportOption<?> option : ReportOption.all()) {
        if (!pair[0].isEmpty() && option.urlParameter().equals(pair[0])) {
          options = options.parse(option, pair[1]);
        }
      }
    }
    return options;
  }

  private static String name(FlameData data, int node) {
    FlameData.Frame frame = data.frames().get(data.frame(node));
    return frame.name() + "|" + frame.file() + (frame.inlined() ? "|inlined" : "");
  }

  private static String name(JsonNode source) {
    return source.get("FullName").asText()
        + "|"
        + source.get("FileName").asText()
        + (source.get("Inlined").asBoolean() ? "|inlined" : "");
  }

  /** Own values by the whole path from the root; what is zero is left out. */
  private static Map<String, Long> paths(FlameData data) {
    Map<String, Long> values = new TreeMap<>();
    String[] path = new String[data.nodeCount()];
    String[] open = new String[data.nodeCount()];
    for (int node = 0; node < data.nodeCount(); node++) {
      int depth = data.depth(node);
      if (depth == 0) {
        path[node] = name(data, node);
      } else if (isUnsymbolized(data.frames().get(data.frame(node)))) {
        path[node] = open[depth - 1];
      } else {
        path[node] = open[depth - 1] + " > " + name(data, node);
      }
      open[depth] = path[node];
      values.merge(path[node], data.self(node) - data.base(node), Long::sum);
    }
    values.values().removeIf(value -> value == 0);
    return values;
  }

  private static Map<String, Long> paths(JsonNode recorded) {
    Map<String, Long> values = new TreeMap<>();
    for (JsonNode stack : recorded.get("stacks")) {
      StringBuilder path = new StringBuilder();
      for (JsonNode source : stack.get("sources")) {
        path.append(path.isEmpty() ? "" : " > ");
        path.append(name(recorded.get("sources").get(source.asInt())));
      }
      values.merge(path.toString(), stack.get("value").asLong(), Long::sum);
    }
    values.values().removeIf(value -> value == 0);
    return values;
  }

  /** Own and total values by frame; a frame that recurs on a stack counts once. */
  private static Map<String, Sums> frames(FlameData data) {
    Map<String, Sums> sums = new HashMap<>();
    paths(data)
        .forEach(
            (path, self) -> {
              List<String> names = List.of(path.split(" > ", -1));
              sums.merge(names.get(names.size() - 1), new Sums(self, 0), Sums::plus);
              new HashSet<>(names).forEach(name -> sums.merge(name, new Sums(0, self), Sums::plus));
            });
    sums.values().removeIf(new Sums(0, 0)::equals);
    return sums;
  }

  private static Map<String, Sums> frames(JsonNode recorded) {
    Map<String, Sums> sums = new HashMap<>();
    for (JsonNode source : recorded.get("sources")) {
      long total = 0;
      for (JsonNode place : source.get("Places")) {
        total += recorded.get("stacks").get(place.get("Stack").asInt()).get("value").asLong();
      }
      sums.merge(name(source), new Sums(source.get("Self").asLong(), total), Sums::plus);
    }
    sums.values().removeIf(new Sums(0, 0)::equals);
    return sums;
  }

  private static Path resource(String name) throws Exception {
    return Path.of(
        Objects.requireNonNull(FlameConformanceTest.class.getResource("/" + name)).toURI());
  }
}
