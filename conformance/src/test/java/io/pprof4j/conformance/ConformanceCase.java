// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One recorded command line and what the original answered. The fields are those of {@code
 * cases.jsonl}; README.md of this module explains them.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ConformanceCase(
    String id,
    String group,
    List<String> args,
    String stdin,
    List<Route> http,
    Expectation expect,
    Map<String, String> compare) {

  /** What the original did; null streams mean that it printed nothing. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Expectation(
      String exit,
      String stdout,
      String stderr,
      Map<String, String> files,
      List<String> requests) {}

  /** One answer of the local HTTP server. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Route(
      String path,
      String method,
      Integer status,
      String reason,
      Map<String, String> headers,
      String body,
      @JsonProperty("body_file") String bodyFile,
      @JsonProperty("delay_ms") long delayMillis) {}

  static List<ConformanceCase> readAll(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<ConformanceCase> cases = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      cases.add(mapper.readValue(line, ConformanceCase.class));
    }
    return cases;
  }

  /** The compare mode of a stream or file; what has none is compared exactly. */
  CompareMode mode(String what) {
    return CompareMode.named(compare.getOrDefault(what, "exact"));
  }
}
