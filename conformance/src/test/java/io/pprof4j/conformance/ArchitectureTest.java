// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the arrows of docs/architecture.md: what a module requires, and nothing else. */
class ArchitectureTest {
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("flags", Set.of()),
          entry("profile", Set.of()),
          entry("benchmarks", Set.of("capture", "profile", "jfr")),
          entry("jfr", Set.of("profile")),
          entry("capture", Set.of("profile", "jfr")),
          entry("http", Set.of("capture")),
          entry("agent", Set.of("http")),
          entry("vertx", Set.of("http")),
          entry("report", Set.of("profile")),
          entry("symbol", Set.of("profile", "report")),
          entry("web", Set.of("report")),
          entry("cli", Set.of("flags", "report", "symbol", "jfr", "web")),
          entry("hey", Set.of("flags", "profile")),
          entry("sample", Set.of("flags", "vertx")));

  /** What is loaded into a user's JVM needs nothing but the JDK. */
  private static final Set<String> JDK_ONLY =
      Set.of("flags", "profile", "jfr", "capture", "http", "agent");

  private static final Pattern MODULE = Pattern.compile("module io\\.pprof4j\\.(\\w+)");
  private static final Pattern REQUIRES =
      Pattern.compile("requires\\s+(?:transitive\\s+|static\\s+)*([\\w.]+);");
  private static final String OURS = "io.pprof4j.";

  @Test
  void requiresWhatTheArrowsSayAndNothingElse() throws IOException {
    Map<String, Set<String>> arrows = new TreeMap<>();
    requirements()
        .forEach(
            (module, required) -> {
              Set<String> ours = new TreeSet<>();
              required.stream()
                  .filter(name -> name.startsWith(OURS))
                  .forEach(name -> ours.add(name.substring(OURS.length())));
              arrows.put(module, ours);
            });

    assertThat(arrows).containsExactlyInAnyOrderEntriesOf(new TreeMap<>(ARROWS));
  }

  @Test
  void needsOnlyTheJdkInAProfiledJvm() throws IOException {
    requirements()
        .forEach(
            (module, required) -> {
              if (JDK_ONLY.contains(module)) {
                assertThat(required)
                    .as("what module %s requires", module)
                    .allMatch(
                        name ->
                            name.startsWith(OURS)
                                || name.startsWith("java.")
                                || name.startsWith("jdk.")
                                || name.equals("org.jspecify"));
              }
            });
  }

  private static Map<String, Set<String>> requirements() throws IOException {
    Map<String, Set<String>> requirements = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("..").toRealPath(), 6)) {
      files
          .filter(file -> file.endsWith(Path.of("src/main/java/module-info.java")))
          .forEach(file -> parse(file, requirements));
    }
    return requirements;
  }

  private static void parse(Path file, Map<String, Set<String>> requirements) {
    try {
      String text = Files.readString(file);
      Matcher module = MODULE.matcher(text);
      assertThat(module.find()).as("%s declares a module", file).isTrue();
      Set<String> required = new TreeSet<>();
      for (Matcher matcher = REQUIRES.matcher(text); matcher.find(); ) {
        required.add(matcher.group(1));
      }
      requirements.put(module.group(1), required);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
