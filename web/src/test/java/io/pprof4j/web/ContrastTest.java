// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.ObjectTool;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.SourceFinder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Measures the contrast of every text on the pages against what is behind it, as WCAG 2.2 asks for
 * at level AA: 4.5 to 1, and 3 to 1 for large text. What is drawn on canvases is measured by its
 * palette, in {@code flame-logic-test.js}.
 */
class ContrastTest {
  /** Answers the texts that are hard to read, and how many there are at all. */
  private static final String MEASURE =
      """
      const pixel = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
      const parse = (color) => {
        pixel.clearRect(0, 0, 1, 1);
        pixel.fillStyle = color;
        pixel.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
        return {rgb: [red, green, blue], alpha: alpha / 255};
      };
      const over = (top, alpha, below) => top.map((part, at) => part * alpha + below[at] * (1 - alpha));
      const luminance = (rgb) => {
        const [red, green, blue] = rgb.map((part) => part / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const contrast = (one, other) => {
        const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
      };
      const isNone = (color) => color === 'none' || color === 'transparent';
      // What the text of a graph's node stands on is drawn just before it, in the same group.
      const shapeBehind = (text) => {
        const shape = text.parentElement.querySelector('path, polygon, ellipse, rect');
        const fill = shape && getComputedStyle(shape).fill;
        return fill && !isNone(fill) && shape.parentElement === text.parentElement ? parse(fill) : null;
      };
      const behind = (element) => {
        const layers = [];
        for (let at = element; at; at = at.parentElement) {
          if (at instanceof SVGElement) {
            const shape = at.tagName === 'text' ? shapeBehind(at) : null;
            if (shape) { layers.push(shape); }
            continue;
          }
          layers.push(parse(getComputedStyle(at).backgroundColor));
        }
        return layers.reverse().reduce((below, {rgb, alpha}) => over(rgb, alpha, below), [255, 255, 255]);
      };
      const isShown = (element) => element.checkVisibility({opacityProperty: true, visibilityProperty: true})
        && element.getClientRects().length > 0;
      const poor = new Set();
      let count = 0;
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode.data.trim();
        const element = walker.currentNode.parentElement;
        // Rules drawn with hyphens are ornaments; what cannot be used need not be read.
        const matters = /[\\p{L}\\p{N}]/u.test(text) && isShown(element)
          && !element.closest('script, style, noscript, title, [disabled], [aria-disabled="true"], .flame-hidden');
        if (!matters) { continue; }
        count++;
        const style = getComputedStyle(element);
        const ink = parse(element instanceof SVGElement ? style.fill : style.color);
        const ground = behind(element);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        const ratio = contrast(over(ink.rgb, ink.alpha, ground), ground);
        if (ratio < (large ? 3 : 4.5)) {
          poor.add(`${element.tagName}.${element.className.baseVal ?? element.className} "${text.slice(0, 30)}" `
            + `${ratio.toFixed(2)}: ${ink.rgb} on ${ground.map(Math.round)}`);
        }
      }
      return [count, ...poor];
      """;

  private static Browser browser;
  private static WebServer server;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.open();
    browser.size(1280, 800);
    try (InputStream in = ContrastTest.class.getResourceAsStream("sendjson.allocs.pb.gz")) {
      Profile allocs = Profile.read(Objects.requireNonNull(in));
      SourceFinder sources =
          request ->
              request.path().endsWith("SendJson.java")
                  ? SourceFinder.SourceText.of(List.of(sourceLines()))
                  : SourceFinder.NONE.find(request);
      ReportContext context =
          new ReportContext(sources, ObjectTool.NONE, message -> {}, ZoneOffset.UTC);
      Path settings = Path.of("target", "no-settings.json");
      server =
          WebServer.start(
              new WebSession(allocs, ReportOptions.defaults(), context, settings), "localhost", 0);
    }
  }

  private static String[] sourceLines() throws IOException {
    Path source = Path.of("../sample/src/main/java/io/pprof4j/sample/SendJson.java");
    return Files.readAllLines(source).toArray(String[]::new);
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
      browser.theme("light");
      browser.close();
    }
  }

  /** Opens what is closed, since what is in it has to be read, too. */
  private static void openEverything() {
    browser.script(
        """
        document.querySelectorAll('details').forEach((part) => part.setAttribute('open', ''));
        document.querySelectorAll('#top tr[data-row]')[2]?.click();
        """);
  }

  @ParameterizedTest
  @CsvSource({
    "flamegraph,light", "flamegraph,dark",
    "flamegraph#q=read&color=kind,light", "flamegraph#q=read&color=kind,dark",
    "graph,light", "graph,dark",
    "top,light", "top,dark",
    "top?f=netty,light", "top?f=netty,dark",
    "peek?f=HttpObjectDecoder.read,light", "peek?f=HttpObjectDecoder.read,dark",
    "source?f=SendJson,light", "source?f=SendJson,dark",
    "disasm,light", "disasm,dark",
    "top?f=(,light", "top?f=(,dark"
  })
  void writesEveryTextSoThatItCanBeRead(String page, String theme) {
    browser.theme(theme);
    browser.go("about:blank").go(server.url() + "/ui/" + page);
    browser.until("document.body.dataset.ready === 'true'");
    openEverything();

    List<?> measured = (List<?>) browser.script(MEASURE);

    assertThat(((Number) measured.get(0)).intValue()).as("texts").isGreaterThan(5);
    assertThat(measured.subList(1, measured.size())).as("hard to read").isEmpty();
  }
}
