// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shows the page of a large profile, and prints how long that takes; {@code benchmarks/flame.sh}
 * takes these figures of the page that {@code -Dflame.page=file.html} names, and of the loading of
 * {@code -Dflame.rival=address}. Only what does not depend on how busy the machine is can fail.
 */
class FlamePerformanceTest {
  private static final int STACKS = 50_000;
  private static final int METHODS = 2_500;
  private static final long MOST_BYTES = 3_000_000;

  /** Counts the colours in the upper half of the picture. */
  private static final String COLORS =
      """
      const canvas = document.querySelector('.flame-canvas');
      const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height / 2);
      return new Set(new Uint32Array(data.buffer)).size;
      """;

  /** Does something in each of 60 frames; answers the time between frames and that of the work. */
  private static final String MEASURE =
      """
      const [kind, done] = arguments;
      const canvas = document.querySelector('.flame-canvas');
      const {left, top, width, height} = canvas.getBoundingClientRect();
      const between = [];
      const work = [];
      let last = 0;
      let count = 0;
      const act = {
        zoom: () => canvas.dispatchEvent(new WheelEvent('wheel', {
          ctrlKey: true, cancelable: true, deltaY: count < 40 ? -40 : 80, clientX: left + width * 0.4, clientY: top + 50})),
        hover: () => canvas.dispatchEvent(new PointerEvent('pointermove', {
          pointerType: 'mouse', clientX: left + (width * count) / 60, clientY: top + (height * count) / 60})),
      }[kind];
      const channel = new MessageChannel();
      const frame = (now) => {
        if (last > 0) { between.push(now - last); }
        last = now;
        if (count++ < 60) {
          act();
          requestAnimationFrame(frame);
          const start = performance.now();
          channel.port1.onmessage = () => work.push(performance.now() - start);
          channel.port2.postMessage('');
        } else {
          const at = (list, part) => list.sort((a, b) => a - b)[Math.floor((list.length - 1) * part)];
          done([at(between, 0.5), at(between, 0.95), at(work, 0.5), at(work, 0.95)]);
        }
      };
      requestAnimationFrame(frame);
      """;

  @TempDir Path directory;

  @Test
  void showsFiftyThousandStacksAtOnce() throws Exception {
    String page = System.getProperty("flame.page", "");
    String address =
        page.isEmpty()
            ? FlameProfiles.page(distinctStacks().build(), directory)
            : Path.of(page).toUri().toString();
    long bytes = Files.size(Path.of(URI.create(address)));
    assertThat(bytes).isLessThan(MOST_BYTES);

    try (Browser browser = Browser.open()) {
      browser.go(address).until("performance.getEntriesByName('first-picture').length === 1");
      double first =
          number(
              browser.script("return performance.getEntriesByName('first-picture')[0].startTime"));
      String details = browser.text("return document.querySelector('.flame-details').innerText");
      assertThat(number(browser.script(COLORS))).as("colours").isGreaterThan(10);
      List<?> zoom = (List<?>) browser.scriptAsync(MEASURE, "zoom");
      List<?> hover = (List<?>) browser.scriptAsync(MEASURE, "hover");

      System.out.printf(
          "flame page: %,d bytes, %s; first picture after %.0f ms; zoom: frame %.1f ms (95%%: %.1f), work"
              + " %.1f (%.1f); hover: frame %.1f ms (95%%: %.1f), work %.1f (%.1f)%n",
          bytes,
          details,
          first,
          number(zoom.get(0)),
          number(zoom.get(1)),
          number(zoom.get(2)),
          number(zoom.get(3)),
          number(hover.get(0)),
          number(hover.get(1)),
          number(hover.get(2)),
          number(hover.get(3)));
      assertThat(details).contains(" nodes");
      assertThat(browser.text("return document.querySelector('.flame-tooltip').innerText"))
          .as("what the last place hovered over says")
          .contains("%");
      assertThat(browser.console()).isEmpty();
      measureRival(browser);
    }
  }

  /** Prints how long another page takes, for comparisons. */
  private static void measureRival(Browser browser) {
    String address = System.getProperty("flame.rival", "");
    if (!address.isEmpty()) {
      browser.go(address).until("performance.getEntriesByType('navigation')[0].loadEventEnd > 0");
      System.out.printf(
          "rival page: loaded after %.0f ms%n",
          number(
              browser.script("return performance.getEntriesByType('navigation')[0].loadEventEnd")));
    }
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  /**
   * A program whose stacks share their beginnings as those of real ones do, and differ in the end.
   */
  private static FlameProfiles distinctStacks() {
    FlameProfiles profiles = new FlameProfiles();
    Random random = new Random(7);
    String[] names = new String[METHODS];
    Arrays.setAll(
        names, method -> "com.acme.p" + method % 20 + ".Class" + method % 300 + ".method" + method);
    for (int stack = 0; stack < STACKS; stack++) {
      String[] frames = new String[16 + random.nextInt(24)];
      int method = 0;
      for (int depth = 0; depth < frames.length; depth++) {
        frames[depth] = names[method];
        method =
            (method * 7 + (int) (random.nextDouble() * random.nextDouble() * 5) + depth) % METHODS;
      }
      profiles.sample(10L * (1 + random.nextInt(3)), frames);
    }
    return profiles;
  }
}
