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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * Uses the pages as people do. With {@code -Dpprof4j.screenshots=directory} it also takes the
 * pictures of the documentation.
 */
class WebUiBrowserTest {
  private static final String[] VIEWS = {"flamegraph", "graph", "top", "peek", "source", "disasm"};

  /** What makes a page wider than its window; empty if nothing does. */
  private static final String TOO_WIDE =
      """
      const page = document.documentElement;
      if (page.scrollWidth <= page.clientWidth) {
        return '';
      }
      return [...document.querySelectorAll('body *')]
        .filter((part) => part.getBoundingClientRect().right > page.clientWidth)
        .map((part) => `${part.tagName}#${part.id}.${part.className}`).join(' ');
      """;

  private static Browser browser;
  private static Profile allocs;

  @TempDir Path directory;
  private WebServer server;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.open();
    allocs = profile("sendjson.allocs.pb.gz");
  }

  @AfterAll
  static void quit() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server = serve(allocs);
    browser.size(1280, 800);
    browser.console();
  }

  @AfterEach
  void closesWithAnEmptyConsole() {
    server.close();
    assertThat(browser.console())
        .as("console")
        .filteredOn(line -> !line.contains("status of 400"))
        .isEmpty();
  }

  private static Profile profile(String name) throws IOException {
    try (InputStream in = WebUiBrowserTest.class.getResourceAsStream(name)) {
      return Profile.read(Objects.requireNonNull(in, name));
    }
  }

  private WebServer serve(Profile profile) throws IOException {
    SourceFinder sources =
        request -> {
          if (request.path().endsWith("SendJson.java")) {
            return SourceFinder.SourceText.of(List.of(sourceLines()));
          }
          return SourceFinder.NONE.find(request);
        };
    ReportContext context =
        new ReportContext(sources, ObjectTool.NONE, message -> {}, ZoneOffset.UTC);
    WebSession session =
        new WebSession(
            profile, ReportOptions.defaults(), context, directory.resolve("pprof/settings.json"));
    return WebServer.start(session, "localhost", 0);
  }

  private static String[] sourceLines() throws IOException {
    Path source = Path.of("../sample/src/main/java/io/pprof4j/sample/SendJson.java");
    return Files.readAllLines(source).toArray(String[]::new);
  }

  private Browser show(String target) {
    browser.go(server.url() + "/ui/" + target);
    return browser.until("document.body.dataset.ready === 'true'");
  }

  private static void picture(String name) throws IOException {
    String wanted = System.getProperty("pprof4j.screenshots", "");
    if (!wanted.isEmpty()) {
      browser.screenshot(Path.of(wanted).resolve(name + ".png"));
    }
  }

  private static WebElement find(String selector) {
    return browser.driver().findElement(By.cssSelector(selector));
  }

  private static String address() {
    return Objects.requireNonNull(browser.driver().getCurrentUrl());
  }

  @Test
  void showsEveryView() throws IOException {
    show("flamegraph").until("document.querySelector('#flame canvas').width > 0");
    assertThat(browser.driver().getTitle())
        .isEqualTo("pprof4j-sample-0.1.0-SNAPSHOT.jar alloc_space");
    picture("web-flamegraph");
    show("graph");
    assertThat(browser.driver().findElements(By.cssSelector("#graph .node"))).isNotEmpty();
    picture("web-graph");
    show("top");
    assertThat(find("#top tr[data-row='0'] td.name").getText()).contains("Http1xHeaders.add0");
    picture("web-top");
    show("peek?f=HttpObjectDecoder.read");
    assertThat(find("#text a.focus").getText()).contains("HttpObjectDecoder.read");
    picture("web-peek");
    show("source?f=SendJson");
    assertThat(find("#listing h2").getText()).contains("SendJson");
    picture("web-source");
  }

  @Test
  void completesTheFlameGraphAfterItsFirstPicture() throws IOException {
    server.close();
    server = serve(LargeProfiles.manyStacks());
    show("flamegraph#q=leaf&z=0.1,0.5");
    browser.until("document.getElementById('flame').getAttribute('aria-busy') === null");

    assertThat(find("#flame .flame-found").getText()).startsWith("20000 boxes · ");
    assertThat(address()).contains("q=leaf").contains("z=0.1");
    String names =
        browser.text(
            "return performance.getEntriesByType('resource').map((one) => one.name).join(' ')");
    assertThat(names.indexOf("/api/outline")).isPositive().isLessThan(names.indexOf("/api/flame"));
  }

  @Test
  void opensTheGraphWhereItCanBeRead() {
    show("graph");
    double scale =
        Double.parseDouble(
            browser.text(
                "return /scale\\(([\\d.]+)/.exec(document.querySelector('#graph0')"
                    + ".getAttribute('transform'))[1]"));

    assertThat(scale).isGreaterThanOrEqualTo(0.85);
    assertThat(browser.text("return String(document.querySelector('#minimap').width > 20)"))
        .isEqualTo("true");
  }

  @Test
  void marksAndCountsNodesThatMatchAndStepsThroughThem() throws IOException {
    show("graph").keys("/").keys("HttpObject");
    browser.until("/^\\d+ of \\d+ nodes$/.test(document.querySelector('#matches').textContent)");
    int hits = browser.driver().findElements(By.cssSelector("#graph .node.hit")).size();
    assertThat(hits).isPositive();
    assertThat(find("#matches").getText()).startsWith(hits + " of ");
    browser.keys(Keys.ENTER);
    browser.until("document.querySelector('#matches').textContent.startsWith('1 of ')");
    picture("web-graph-search");
  }

  @Test
  void selectsANodeAndOffersWhatCanBeDoneWithIt() {
    show("graph");
    browser.script("document.querySelector('#graph .node').focus()");
    browser.keys(Keys.SPACE);
    browser.until("document.querySelector('#graph .node.selected')");
    assertThat(find("#selection").isDisplayed()).isTrue();
    assertThat(browser.driver().findElements(By.cssSelector("#graph .edge.near"))).isNotEmpty();
    browser.keys(Keys.ESCAPE);
    assertThat(find("#selection").isDisplayed()).isFalse();
  }

  @Test
  void movesAndMagnifiesTheGraphByKeys() {
    show("graph");
    String before =
        browser.text("return document.querySelector('#graph0').getAttribute('transform')");
    find("#canvas").click();
    browser.keys("+", Keys.ARROW_DOWN);
    String after =
        browser.text("return document.querySelector('#graph0').getAttribute('transform')");
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void filtersAndSortsTheTable() {
    show("top").keys("/").keys("Jackson|jackson");
    browser.until("/ of \\d+ functions/.test(document.querySelector('.topline').textContent)");
    for (WebElement name : browser.driver().findElements(By.cssSelector("#top td.name"))) {
      assertThat(name.getText()).contains("jackson");
    }
    find("th[data-column='cum'] button").click();
    assertThat(find("th[data-column='cum']").getDomAttribute("aria-sort")).isEqualTo("descending");
    assertThat(cums()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  private static List<Double> cums() {
    return browser.driver().findElements(By.cssSelector("#top tr[data-row]")).stream()
        .map(row -> row.findElements(By.tagName("td")).get(4).getText().replace("%", ""))
        .map(Double::valueOf)
        .toList();
  }

  @Test
  void sumsTheTableUpByPackagesAndModules() {
    show("top");
    find("#top .topline option[value=package]").click();
    browser.until("location.search.includes('by=package') && document.body.dataset.ready");
    browser.until("document.querySelector('.topline').textContent.includes('packages')");
    assertThat(find("#top").getText()).contains("io.netty.handler.codec.http");
    find("#top .topline option[value=module]").click();
    browser.until("document.querySelector('.topline')?.textContent.includes('modules')");
    assertThat(find("#top").getText()).contains("java.base");
    assertThat(find("#view a[href^='./graph']").getAttribute("href")).doesNotContain("by=");
  }

  @Test
  void saysThatAnExpressionIsBad() {
    show("top").keys("/").keys("(");
    browser.until("document.querySelector('#search').getAttribute('aria-invalid') === 'true'");
    assertThat(find("#matches").getText()).isEqualTo("bad regexp");
  }

  @Test
  void refinesByTheSearchAndTakesTheFilterBackByItsChip() {
    show("top").keys("/").keys("netty");
    find("#refine summary").click();
    find("#focus").click();
    browser.until("location.search.includes('f=netty')");
    browser.until("document.querySelector('.chip[data-param=f]')");
    assertThat(find(".chip code").getText()).isEqualTo("netty");
    find(".chip a").click();
    browser.until("!document.querySelector('.chip')");
    assertThat(address()).doesNotContain("netty");
  }

  @Test
  void addsToWhatIsIgnored() {
    show("top?i=first").keys("/").keys("second");
    find("#refine summary").click();
    find("#ignore").click();
    browser.until("new URLSearchParams(location.search).get('i') === 'first|second'");
  }

  @Test
  void switchesTheSampleType() {
    show("top");
    find("#sample summary").click();
    find("#sampletype-inuse_objects").click();
    browser.until("document.title.endsWith('inuse_objects')");
    assertThat(address()).endsWith("?si=inuse_objects");
  }

  @Test
  void savesAndDeletesSettings() throws IOException {
    Path file = directory.resolve("pprof/settings.json");
    show("top?f=netty");
    find("#config summary").click();
    find("#save-config").click();
    browser.keys("only netty", Keys.ENTER);
    browser.until("document.querySelector('.delete[data-config=\"only netty\"]')");
    assertThat(file).content().contains("\"name\": \"only netty\"", "\"focus\": \"netty\"");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    browser.until("document.body.dataset.ready === 'true'");
    find("#config summary").click();
    assertThat(find("a[data-config='only netty']").getDomAttribute("aria-current"))
        .isEqualTo("true");
    find(".delete[data-config='only netty']").click();
    find("#delete-dialog .primary").click();
    browser.until("!document.querySelector('.delete')");
    assertThat(file).content().doesNotContain("netty");
  }

  @Test
  void showsLabelsAndFocusesOnOne() throws IOException {
    show("top");
    find("#labels-button").click();
    browser.until("document.querySelector('#labels .label')");
    assertThat(find("#labels h3 span").getText()).isEqualTo("bytes");
    picture("web-labels");
    find("#labels .label a").click();
    browser.until("document.querySelector('.chip[data-param=tf]')");
    find("#labels-button").click();
  }

  @Test
  void comparesWithABaseInColumns() throws IOException {
    server.close();
    server = serve(allocs.diff(allocs.scale(0.5)));
    show("top");
    assertThat(browser.driver().findElements(By.cssSelector("#top th")))
        .extracting(WebElement::getText)
        .contains("Base flat", "New flat", "Δ flat");
    picture("web-diff");
  }

  @Test
  void reachesEverythingByKeys() {
    show("top");
    browser.script("document.querySelector('#refine summary').focus()");
    browser.keys(Keys.ENTER);
    browser.until("document.querySelector('#refine').open");
    browser.keys(Keys.ARROW_DOWN);
    browser.until("document.activeElement.id === 'focus'");
    browser.keys(Keys.ESCAPE);
    browser.until("!document.querySelector('#refine').open");
    browser.script("document.activeElement.blur()");
    browser.keys("?");
    browser.until("document.querySelector('#keys-dialog').open");
    browser.keys(Keys.ESCAPE);
    browser.until("!document.querySelector('#keys-dialog')");
    browser.script("document.querySelector('#top tr[data-row=\"0\"]').focus()");
    browser.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.SPACE);
    browser.until("document.querySelector('#top tr[data-row=\"2\"]').matches('.selected')");
    browser.keys(Keys.ENTER);
    browser.until("location.pathname.endsWith('/peek') && document.querySelector('#text a.focus')");
  }

  @Test
  void turnsDarkWithTheSystemAndByTheButton() throws IOException {
    browser.theme("dark");
    try {
      show("graph");
      assertThat(background()).isEqualTo("rgb(20, 23, 28)");
      picture("web-graph-dark");
      find("#theme").click();
      assertThat(background()).isEqualTo("rgb(255, 255, 255)");
      show("top");
      assertThat(background()).as("the choice lasts").isEqualTo("rgb(255, 255, 255)");
    } finally {
      browser.script("localStorage.clear()");
      browser.theme("light");
    }
  }

  private static String background() {
    return browser.text("return getComputedStyle(document.body).backgroundColor");
  }

  @Test
  void fitsTheScreenOfAPhone() throws IOException {
    browser.size(360, 740);
    for (String view : VIEWS) {
      show(view + (view.equals("source") || view.equals("peek") ? "?f=SendJson" : ""));
      assertThat(browser.text(TOO_WIDE)).as("too wide in %s", view).isEmpty();
      assertThat(find(view.equals("flamegraph") ? ".flame-search" : "#search").isDisplayed())
          .as("search of %s", view)
          .isTrue();
      if (view.equals("top")) {
        assertThat(find("#top td.name").getSize().width).as("room for names").isGreaterThan(150);
      }
      picture("web-phone-" + view);
    }
  }

  @Test
  void saysSomethingSensibleOfProfilesWithNothingToShow() {
    server.close();
    assertThat(everyViewOf(new FlameProfiles().build())).contains("The");
  }

  private String everyViewOf(Profile profile) {
    StringBuilder texts = new StringBuilder();
    try {
      server = serve(profile);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    for (String view : VIEWS) {
      show(view);
      assertThat(find("main").getText()).as("what %s says", view).isNotBlank();
      texts.append(find("main").getText()).append('\n');
    }
    return texts.toString();
  }

  @Test
  void takesHostileNamesForText() {
    server.close();
    String hostile = "\"><img src=x onerror=alert(1)><script>alert(2)</script>';--\u202Eevil";
    everyViewOf(
        new FlameProfiles().sample(5, hostile, "</script><b>").sample(3, "=1+1", hostile).build());
    assertThat(browser.driver().findElements(By.cssSelector("main img, main b"))).isEmpty();
  }

  @Test
  void showsALongTableWithoutDrawingIt() {
    server.close();
    FlameProfiles profile = new FlameProfiles();
    for (int function = 0; function < 20_000; function++) {
      profile.sample(1 + function, "com.acme.Class" + function + ".work");
    }
    try {
      server = serve(profile.build());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    show("top?trim=f");
    browser.until("document.querySelector('.topline').textContent.startsWith('20000 functions')");
    browser.script("document.querySelector('#top').scrollTop = 1e9");
    browser.until("document.querySelector('#top tr[data-row=\"19999\"]')");
    assertThat(browser.driver().findElements(By.cssSelector("#top tr")).size()).isLessThan(150);
  }
}
