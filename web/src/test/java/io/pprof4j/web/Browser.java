// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.ScriptTimeoutException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium. Tests that need it are skipped, and say so, where there is none ({@code
 * apt-get install chromium chromium-driver}).
 */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts a browser, or skips the test. */
  static Browser open() {
    Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<File> chromedriver = onPath("chromedriver");
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      System.err.println(
          "SKIPPED: tests of the web UI need chromium and chromedriver, and there is no "
              + (chromium.isEmpty() ? "chromium" : "chromedriver")
              + " on the PATH");
      Assumptions.abort("no chromium or no chromedriver on the PATH");
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow());
    options.addArguments("--headless=new", "--window-size=1280,800", "--hide-scrollbars");
    // Root may not use the sandbox; pages in these tests are our own.
    options.addArguments("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
    options.addArguments("--disable-background-networking", "--no-first-run");
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.orElseThrow())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return new Browser(driver);
  }

  private static Optional<File> onPath(String... names) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(names)
        .flatMap(
            name -> Stream.of(path.split(File.pathSeparator, -1)).map(dir -> new File(dir, name)))
        .filter(File::canExecute)
        .findFirst();
  }

  /** The driver, for what this class has no method for. */
  WebDriver driver() {
    return driver;
  }

  /** Opens an address; returns when the page is loaded. */
  Browser go(String address) {
    driver.get(address);
    return this;
  }

  /** Runs the body of a function in the page and answers what it returns. */
  Object script(String body, Object... arguments) {
    return Objects.requireNonNullElse(
        ((JavascriptExecutor) driver).executeScript(body, arguments), "");
  }

  /** Runs a body whose last argument is a function, and answers what that is called with. */
  Object scriptAsync(String body, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeAsyncScript(body, arguments), "");
  }

  /** The text that a body of a function returns. */
  String text(String body, Object... arguments) {
    return String.valueOf(script(body, arguments));
  }

  /** Waits until an expression is true in the page, or the next; fails if it does not become so. */
  Browser until(String expression) {
    String script =
        """
        const done = arguments[0];
        const check = () => {
          let is = false;
          try {
            is = !!(%s);
          } catch {
            // What is asked about may not be there yet.
          }
          is ? done(true) : setTimeout(check, 15);
        };
        check();
        """
            .formatted(expression);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        driver.executeAsyncScript(script);
        return this;
      } catch (ScriptTimeoutException e) {
        // Also what the driver may say, at once, when the page is left in the middle.
        if (System.nanoTime() > deadline) {
          throw new AssertionError(expression + " did not come true; console: " + console(), e);
        }
      } catch (JavascriptException pageWasLeft) {
        if (System.nanoTime() > deadline) {
          throw pageWasLeft;
        }
      }
    }
  }

  /** Presses keys where the focus is. */
  Browser keys(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
    return this;
  }

  /** Makes the window as large as that. */
  Browser size(int width, int height) {
    // Chromium does not make windows narrower than 500 pixels, but shows phones all the same.
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.manage().window().setSize(new Dimension(Math.max(500, width), height));
    return this;
  }

  /** Shows pages as a system with that theme does. */
  Browser theme(String lightOrDark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
    return this;
  }

  /** Warnings and errors of the console since the last call: exceptions, policy violations. */
  List<String> console() {
    return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /** Saves what the window shows as PNG. */
  Browser screenshot(Path file) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    return this;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
