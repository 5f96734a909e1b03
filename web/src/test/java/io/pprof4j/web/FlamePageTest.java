// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Profile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Uses the page that {@code pprof -flame} writes as a reader would, from a file. */
class FlamePageTest {
  private static final int ROW = 19;

  @TempDir static Path directory;
  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = Browser.open();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  /** Neither exceptions nor anything that the page's policy stopped. */
  @AfterEach
  void leavesTheConsoleEmpty() {
    assertThat(browser.console()).isEmpty();
    browser.size(1280, 800).theme("light");
  }

  private static Profile shop() {
    return new FlameProfiles()
        .sample(500, "main", "shop.sell", "shop.pay", "bank.call")
        .sample(300, "main", "shop.sell", "shop.pack")
        .sample(150, "main", "shop.idle")
        .sample(50, "main", "shop.sell", "shop.pay", "shop.pay", "log.write")
        .build();
  }

  private static void show(Profile profile, String state) throws Exception {
    String page = FlameProfiles.page(profile, directory);
    browser.go(page + (state.isEmpty() ? "" : "#" + state));
    browser.until("performance.getEntriesByName('first-picture').length === 1");
  }

  private static void show(Profile profile) throws Exception {
    show(profile, "");
  }

  private static WebElement find(String selector) {
    return browser.driver().findElement(By.cssSelector(selector));
  }

  private static String shown(String selector) {
    return find(selector).getText();
  }

  private static void untilShown(String selector, String text) {
    String quoted = Markup.json(text);
    browser.until("document.querySelector('" + selector + "').innerText.includes(" + quoted + ")");
  }

  /** Moves the mouse to a place in the picture: a row, and a part of the width. */
  private static Actions at(int row, double part) {
    WebElement canvas = find(".flame-canvas");
    int width = canvas.getSize().getWidth();
    int height = canvas.getSize().getHeight();
    return new Actions(browser.driver())
        .moveToElement(canvas, (int) (width * part) - width / 2, row * ROW + ROW / 2 - height / 2);
  }

  @Test
  void magnifiesWhatIsClickedAndGoesBackWithEscape() throws Exception {
    show(shop());

    at(3, 0.1).click().perform();

    untilShown(".flame-details", "shop.pay");
    assertThat(shown(".flame-details")).contains("550 ms", "55%");
    browser.until("location.hash.includes('z=0.0000000%2C0.55')");
    browser.keys(Keys.ESCAPE).until("location.hash === ''");
  }

  @Test
  void describesWhatThePointerIsOn() throws Exception {
    show(shop());

    at(2, 0.5).perform();

    untilShown(".flame-tooltip", "shop.sell");
    assertThat(shown(".flame-tooltip"))
        .contains("total", "850 ms", "85%", "self", "0%", "Shop.java");
    at(3, 0.1).perform();
    untilShown(".flame-tooltip", "shop.pay");
    assertThat(shown(".flame-tooltip")).contains("550 ms");
  }

  @Test
  void findsAndStepsThroughMatchesWithoutCountingTwice() throws Exception {
    show(shop());

    browser.keys("/").keys("shop.pay|write");
    untilShown(".flame-found", "3 boxes · 55%");
    browser.keys(Keys.ENTER);
    untilShown(".flame-found", "1 of 3 · 55%");
    browser.keys(Keys.ENTER, Keys.ENTER);
    untilShown(".flame-found", "3 of 3");
    assertThat(shown(".flame-details")).contains("log.write");
    new Actions(browser.driver())
        .keyDown(Keys.SHIFT)
        .sendKeys(Keys.ENTER)
        .keyUp(Keys.SHIFT)
        .perform();
    untilShown(".flame-found", "2 of 3");
    browser.keys("(");
    untilShown(".flame-found", "not a regular expression");
    assertThat(find(".flame-search").getAttribute("class")).contains("flame-bad");
    browser.keys(Keys.ESCAPE).until("document.querySelector('.flame-search').value === ''");
  }

  @Test
  void changesTheViewWithKeys() throws Exception {
    show(shop());

    browser.keys("i").until("location.hash === '#inv=1'");
    untilShown(".flame-details", "14 nodes");
    browser.keys("i").keys("u").until("location.hash === '#up=1'");
    browser.keys("u").keys("t").until("location.hash === '#color=kind'");
    assertThat(shown(".flame-legend")).contains("application");
    browser.keys("?").until("!document.querySelector('.flame-help').hidden");
    browser.keys(Keys.ESCAPE).until("document.querySelector('.flame-help').hidden");
    browser.keys("d").until("document.documentElement.dataset.theme === 'dark'");
  }

  @Test
  void walksWithTheArrowsAndTellsScreenReaders() throws Exception {
    show(shop());

    browser.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN);
    browser.keys(Keys.ARROW_RIGHT);

    untilShown(".flame-details", "shop.pack");
    assertThat(browser.text("return document.getElementById('flame-selected').textContent"))
        .isEqualTo("shop.pack, 300 ms, 30%");
    assertThat(
            browser.text(
                "return document.getElementById('flame-selected').getAttribute('aria-level')"))
        .isEqualTo("4");
  }

  @Test
  void transformsByKeysAndTakesThemBackByTheirChips() throws Exception {
    show(shop());
    at(3, 0.1).click().perform();

    browser.keys("m");

    untilShown(".flame-chips", "merged into caller");
    assertThat(shown(".flame-chips")).contains("shop.pay");
    browser.until("location.hash === '#t=merge%3Ashop.pay'");
    untilShown(".flame-details", "6 nodes");
    find(".flame-chip button").click();
    browser.until("document.querySelector('.flame-chips').hidden");
    untilShown(".flame-details", "8 nodes");
  }

  @Test
  void offersAMenuForAFunction() throws Exception {
    show(shop());

    at(3, 0.8).contextClick().perform();
    untilShown(".flame-menu", "Without its stacks");
    assertThat(shown(".flame-menu-title")).isEqualTo("shop.pack");
    browser.driver().findElement(By.xpath("//button[contains(., 'Without its stacks')]")).click();

    untilShown(".flame-chips", "without stacks of");
    untilShown(".flame-details", "700 ms");
  }

  @Test
  void showsCallersAndCallees() throws Exception {
    show(shop());
    at(3, 0.1).click().perform();

    browser.keys("s");

    untilShown(".flame-calls", "Callees");
    assertThat(shown(".flame-calls")).contains("shop.sell", "550 ms", "bank.call", "500 ms");
    browser.driver().findElement(By.xpath("//aside//button[text()='shop.sell']")).click();
    untilShown(".flame-chips", "shop.sell");
    browser.keys(Keys.ESCAPE).until("document.querySelector('.flame-calls').hidden");
  }

  @Test
  void comparesWithABase() throws Exception {
    Profile before =
        new FlameProfiles().sample(100, "main", "gone").sample(100, "main", "same").build();
    Profile after =
        new FlameProfiles().sample(300, "main", "new").sample(100, "main", "same").build();
    show(after.diff(before));

    browser.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);

    untilShown(".flame-details", "+200 ms");
    assertThat(shown(".flame-details")).contains("before 200 ms", "now 400 ms", "100% of before");
    assertThat(shown(".flame-legend")).contains("less than before", "more than before");
    browser.keys("d").until("location.hash === '#color=package'");
  }

  @Test
  void restrictsTheGraphToATime() throws Exception {
    FlameProfiles profiles = new FlameProfiles();
    for (int second = 0; second < 60; second++) {
      profiles.at(second * 1000L, 10, "main", second < 30 ? "early" : "late");
    }
    show(profiles.build());
    WebElement map = find(".flame-heat canvas");
    int width = map.getSize().getWidth();

    new Actions(browser.driver())
        .moveToElement(map, -width / 2 + 1, 0)
        .clickAndHold()
        .moveByOffset(width / 4, 0)
        .release()
        .perform();

    untilShown(".flame-chips", "time");
    untilShown(".flame-details", "2 nodes");
    browser.until("location.hash.startsWith('#w=0%2C')");
    find(".flame-chip button").click();
    untilShown(".flame-details", "3 nodes");
  }

  @Test
  void opensAsALinkSays() throws Exception {
    show(shop(), "q=pay&t=drop%3Ashop.pack&t=nonsense&t=lambda&color=kind&z=0,0.5");

    untilShown(".flame-found", "2 boxes · 78.6%");
    assertThat(shown(".flame-chips")).contains("without stacks of", "lambdas folded");
    browser.until("location.hash.includes('z=0.0000000%2C0.50000000')");
  }

  @Test
  void neverTakesNamesForMarkup() throws Exception {
    String[] hostile = {
      "</script><script>window.hacked=1</script>",
      "<img src=x onerror=window.hacked=1>",
      "\u202Eevil\u0000\n\u2028",
      "']});window.hacked=1;//",
      "${window.hacked=1}",
      "javascript:window.hacked=1",
    };
    show(new FlameProfiles().sample(10, hostile).sample(5, hostile[1]).build());
    captureBlobs();

    for (int row = 1; row <= hostile.length; row++) {
      at(row, 0.3).perform();
      browser.until("!document.querySelector('.flame-tooltip').hidden");
    }
    at(2, 0.3).contextClick().perform();
    browser.until("!document.querySelector('.flame-menu').hidden");
    browser.driver().findElement(By.xpath("//button[contains(., 'Callers and callees')]")).click();
    untilShown(".flame-calls", "<script>window.hacked=1");
    save("Picture (SVG)");

    String svg = savedText();
    assertThat(svg).contains("&lt;img src=x").doesNotContain("<script", "<img");
    assertThat(
            browser.text(
                "return new DOMParser().parseFromString(arguments[0], 'image/svg+xml')"
                    + ".querySelector('parsererror') === null",
                svg))
        .isEqualTo("true");
    assertThat(browser.text("return typeof window.hacked")).isEqualTo("undefined");
    assertThat(browser.text("return document.querySelectorAll('#flame img').length"))
        .isEqualTo("0");
  }

  private static void captureBlobs() {
    browser.script(
        "const make = URL.createObjectURL;"
            + "URL.createObjectURL = (blob) => {"
            + "  window.savedType = blob.type; blob.text().then((text) => { window.saved = text; });"
            + "  return make(blob); }");
  }

  private static void save(String entry) {
    find("button[title='Save the picture or its data']").click();
    browser.driver().findElement(By.xpath("//button[contains(., '" + entry + "')]")).click();
  }

  private static String savedText() {
    browser.until("window.saved");
    return browser.text("return window.saved");
  }

  @Test
  void savesStacksAndPictures() throws Exception {
    show(shop());
    captureBlobs();

    save("Folded stacks");

    assertThat(savedText().lines())
        .containsExactlyInAnyOrder(
            "main;shop.sell;shop.pay;bank.call 500",
            "main;shop.sell;shop.pack 300",
            "main;shop.idle 150",
            "main;shop.sell;shop.pay;shop.pay;log.write 50");
    save("Picture (PNG)");
    browser.until("window.savedType === 'image/png'");
  }

  @Test
  void saysWhenThereIsNothingToShow() throws Exception {
    show(new FlameProfiles().build());

    assertThat(shown(".flame-empty")).isEqualTo("The profile has no samples of this kind.");
    assertThat(shown("#about h1")).isEqualTo("shop.jar cpu");
  }

  @Test
  void showsASingleSample() throws Exception {
    show(new FlameProfiles().sample(1, "only").build());

    browser.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);

    untilShown(".flame-details", "only");
    assertThat(shown(".flame-details")).contains("1 ms", "100%");
  }

  @Test
  void fitsAPhoneAndTheSystemsTheme() throws Exception {
    browser.size(360, 640).theme("dark");
    show(shop());

    assertThat(browser.text("return document.documentElement.scrollWidth")).isEqualTo("360");
    assertThat(browser.text("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(20, 22, 27)");
    assertThat(find(".flame-canvas").getSize().getHeight()).isGreaterThan(250);
  }
}
