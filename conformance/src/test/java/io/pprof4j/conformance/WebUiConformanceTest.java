// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pprof4j.conformance.WebUiRun.Answer;
import io.pprof4j.profile.Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Sends the recorded requests of the original's web UI to ours. */
class WebUiConformanceTest {
  private static final Path CORPUS = Path.of("src/test/resources").toAbsolutePath();
  private static final Path RECORDED = CORPUS.resolve("webui");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** We need no Graphviz. */
  private static final String WITHOUT_DOT = "graph-nodot";

  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"top-data\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern OUR_LINE =
      Pattern.compile(
          "<tr class=\"(?:nop|hot)[^>]*><td class=\"ln\">([^<]*)</td><td>([^<]*)</td>"
              + "<td>([^<]*)</td><td class=\"src\">([^<]*)</td>");
  private static final Pattern THEIR_LINE =
      Pattern.compile(
          "<span class=line> *([0-9]+)</span> <span class=\\w+> *(\\S+) +(\\S+) {10}"
              + " ([^<]*) </span>");

  @TempDir Path scratch;

  @TestFactory
  List<DynamicContainer> answersAsTheOriginalDoes() throws IOException {
    Map<List<String>, List<WebExchange>> runs = new LinkedHashMap<>();
    for (String line : Files.readAllLines(RECORDED.resolve("exchanges.jsonl"))) {
      WebExchange exchange = JSON.readValue(line, WebExchange.class);
      runs.computeIfAbsent(exchange.arguments(), unseen -> new ArrayList<>()).add(exchange);
    }
    List<DynamicContainer> containers = new ArrayList<>();
    runs.forEach(
        (arguments, exchanges) ->
            containers.add(
                DynamicContainer.dynamicContainer(
                    String.join(" ", arguments),
                    List.of(
                        DynamicTest.dynamicTest(
                            exchanges.size() + " requests", () -> replay(arguments, exchanges))))));
    return containers;
  }

  private void replay(List<String> arguments, List<WebExchange> exchanges) throws Exception {
    Path directory = Files.createTempDirectory(scratch, "web").toRealPath();
    Files.createSymbolicLink(directory.resolve("inputs"), CORPUS.resolve("pprof/inputs"));
    try (WebUiRun run = WebUiRun.start(directory, arguments)) {
      for (WebExchange exchange : exchanges) {
        if (exchange.id().equals(WITHOUT_DOT)) {
          assertThat(answer(run, exchange).status()).isEqualTo(200);
        } else {
          compare(exchange, answer(run, exchange), directory);
        }
      }
    }
  }

  /** What changes settings is refused to GET, and done for POST with the token. */
  private static Answer answer(WebUiRun run, WebExchange exchange) throws IOException {
    if (!exchange.changesSettings()) {
      return run.send(exchange.method(), exchange.target());
    }
    Answer refused = run.send("GET", exchange.target(), "X-Pprof-Token: " + run.token());
    assertThat(refused.status()).as("%s by GET", exchange).isEqualTo(405);
    return run.send("POST", exchange.target(), "X-Pprof-Token: " + run.token());
  }

  private static void compare(WebExchange expected, Answer answer, Path directory)
      throws IOException {
    assertThat(answer.status()).as("status of %s", expected).isEqualTo(expected.status());
    assertThat(answer.header("Location"))
        .as("location of %s", expected)
        .isEqualTo(expected.location());
    if (expected.body() != null) {
      assertThat(answer.text()).as("body of %s", expected).isEqualTo(expected.body());
    }
    if (expected.title() != null) {
      assertThat(unescaped(answer.text()))
          .as("title of %s", expected)
          .contains("<title>" + expected.title() + "</title>");
    }
    if (expected.top() != null) {
      compareRows(expected, answer.text());
    }
    if (expected.id().equals("download")) {
      compareProfile(answer);
    }
    comparePage(expected, answer);
    Path settings = RECORDED.resolve("payloads/settings.after-" + expected.id() + ".json");
    if (Files.exists(settings)) {
      assertThat(directory.resolve("home/.config/pprof/settings.json"))
          .as("settings after %s", expected)
          .hasSameTextualContentAs(settings);
    }
  }

  private static void compareProfile(Answer answer) throws IOException {
    Profile recorded = Profile.read(RECORDED.resolve("payloads/download.pb"));
    assertThat(Profile.read(new ByteArrayInputStream(answer.body()))).isEqualTo(recorded);
    assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.google.protobuf+gzip");
    assertThat(answer.header("Content-Disposition")).isEqualTo("attachment;filename=profile.pb.gz");
  }

  private static void compareRows(WebExchange expected, String page) throws IOException {
    JsonNode recorded = JSON.readTree(RECORDED.resolve(String.valueOf(expected.top())).toFile());
    List<String> rows = new ArrayList<>();
    for (JsonNode row : recorded.path("rows")) {
      rows.add(
          String.join(
              " | ",
              row.path("Name").asText(),
              row.path("InlineLabel").asText(),
              row.path("Flat").asText(),
              row.path("FlatFormat").asText(),
              row.path("Cum").asText(),
              row.path("CumFormat").asText()));
    }
    Matcher data = DATA.matcher(page);
    List<String> ours = new ArrayList<>();
    if (data.find()) {
      JsonNode table = JSON.readTree(data.group(1));
      assertThat(table.path("total").asLong())
          .as("total of %s", expected)
          .isEqualTo(recorded.path("total").asLong());
      for (JsonNode row : table.path("rows")) {
        List<String> cells = new ArrayList<>();
        for (int cell = 0; cell < 6; cell++) {
          cells.add(row.path(cell).asText());
        }
        ours.add(String.join(" | ", cells));
      }
    }
    assertThat(ours).as("rows of %s", expected).isEqualTo(rows);
  }

  private static void comparePage(WebExchange expected, Answer answer) throws IOException {
    Path page =
        expected.strippedHtml() == null ? RECORDED : RECORDED.resolve(expected.strippedHtml());
    if (!Files.isRegularFile(page)) {
      return;
    }
    String recorded = Files.readString(page);
    if (expected.target().startsWith("/ui/peek")) {
      assertThat(pre(answer.text())).as("text of %s", expected).isEqualTo(pre(recorded));
    } else if (expected.target().startsWith("/ui/source")) {
      assertThat(lines(OUR_LINE, answer.text()))
          .as("lines of %s", expected)
          .isEqualTo(lines(THEIR_LINE, withoutRecursion(recorded)));
    } else {
      assertThat(details(answer.text())).as("details of %s", expected).isEqualTo(details(recorded));
    }
  }

  /**
   * A sample counts once for an address that is on its stack several times: case weblist-go-fib.
   */
  private static String withoutRecursion(String recorded) {
    return recorded.replace("140ms      3.41s", "140ms      710ms");
  }

  private static String pre(String page) {
    int start = page.indexOf('>', page.indexOf("<pre")) + 1;
    String text = unescaped(page.substring(start, page.indexOf("</pre>")));
    return text.lines().map(String::stripTrailing).reduce("", (a, b) -> a + "\n" + b).strip();
  }

  private static List<String> details(String page) {
    List<String> lines = new ArrayList<>();
    String box = page.substring(page.indexOf("id=\"detailsbox\""));
    String content = box.contains("</details>") ? box.substring(0, box.indexOf("</details>")) : box;
    Matcher line = Pattern.compile("<div>(.*?)</div>", Pattern.DOTALL).matcher(content);
    while (line.find()) {
      lines.add(unescaped(line.group(1)));
    }
    return lines;
  }

  private static List<String> lines(Pattern pattern, String page) {
    List<String> lines = new ArrayList<>();
    Matcher line = pattern.matcher(page);
    while (line.find()) {
      lines.add(
          "%s | %s | %s | %s"
              .formatted(
                  line.group(1),
                  line.group(2).equals(".") ? "" : line.group(2),
                  line.group(3).equals(".") ? "" : line.group(3),
                  unescaped(line.group(4)).stripTrailing()));
    }
    assertThat(lines).as("lines found by %s", pattern).isNotEmpty();
    return lines;
  }

  private static String unescaped(String html) {
    return html.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#43;", "+")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  @Test
  void refusesOtherHostsSitesAndChangesWithoutTheToken() throws Exception {
    Path directory = Files.createTempDirectory(scratch, "guard").toRealPath();
    Path input = CORPUS.resolve("pprof/inputs/proto/basic.pb.gz");
    try (WebUiRun run = WebUiRun.start(directory, List.of("-symbolize=none", input.toString()))) {
      String port = run.authority().replaceFirst(".*:", "");
      assertThat(run.send("GET", "/ui/top", "Host: evil.example").status()).isEqualTo(403);
      assertThat(run.send("GET", "/ui/top", "Host: localhost.evil:" + port).status())
          .isEqualTo(403);
      assertThat(run.send("GET", "/ui/top", "Host: 127.0.0.1:" + port).status()).isEqualTo(200);
      assertThat(run.send("GET", "/ui/download", "Sec-Fetch-Site: cross-site").status())
          .isEqualTo(403);
      assertThat(
              run.send("GET", "/ui/top", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate")
                  .status())
          .isEqualTo(200);
      String save = "/ui/saveconfig?config=pwn&f=x";
      assertThat(run.send("POST", save).status()).isEqualTo(403);
      assertThat(run.send("POST", save, "X-Pprof-Token: guess").status()).isEqualTo(403);
      assertThat(
              run.send("POST", save, "Origin: http://evil.example", "X-Pprof-Token: " + run.token())
                  .status())
          .isEqualTo(403);
      assertThat(directory.resolve("home/.config/pprof/settings.json")).doesNotExist();
    }
  }
}
