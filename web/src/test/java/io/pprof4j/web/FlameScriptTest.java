// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tests of the scripts' logic, which are written in JavaScript, in a browser. */
class FlameScriptTest {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> computesWhatIsShown() throws IOException {
    String script = ScriptBundle.of("flame-logic-test.js", FlameScriptTest::file);
    Path page = directory.resolve("logic.html");
    Files.writeString(
        page,
        "<!DOCTYPE html><meta charset=utf-8><body><script type=module>" + script + "</script>");
    try (Browser browser = Browser.open()) {
      browser.go(page.toUri().toString()).until("window.results");
      assertThat(browser.console()).isEmpty();
      Object results = browser.script("return window.results");
      return ((List<?>) results)
          .stream()
              .map(result -> (Map<?, ?>) result)
              .map(
                  result ->
                      DynamicTest.dynamicTest(
                          String.valueOf(result.get("name")),
                          () -> assertThat(String.valueOf(result.get("failure"))).isEmpty()));
    }
  }

  private static String file(String name) {
    try (InputStream in = FlameScriptTest.class.getResourceAsStream("ui/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
