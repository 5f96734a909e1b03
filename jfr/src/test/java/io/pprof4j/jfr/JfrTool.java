// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code jfr} tool of this JDK. */
final class JfrTool {
  /** A line of {@code jfr summary}: name, count, bytes. */
  private static final Pattern LINE =
      Pattern.compile("^\\s*([\\w.]+)\\s+(\\d+)\\s+\\d+\\s*$", Pattern.MULTILINE);

  private JfrTool() {}

  /** How many events of each type there are. */
  static Map<String, Long> summary(Path file) throws IOException, InterruptedException {
    Map<String, Long> counts = new TreeMap<>();
    Matcher lines = LINE.matcher(run("summary", file.toString()));
    while (lines.find()) {
      counts.put(lines.group(1), Long.parseLong(lines.group(2)));
    }
    return counts;
  }

  private static String run(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(Path.of(System.getProperty("java.home"), "bin", "jfr").toString());
    builder.command().addAll(java.util.List.of(arguments));
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
