// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.LocationSpec;
import io.pprof4j.profile.MappingSpec;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each view says of profiles that are empty, huge, nameless or hostile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddProfilesTest {
  private static final int NODES = 200_000;

  /** Characters of the longest answer, as large as a browser shows at once. */
  private static final int MOST_CHARS = 2_000_000;

  private static final String HOSTILE = "\"><img src=x onerror=alert(1)></script><b>'+\u202Eevil";

  private static final List<String> PAGES =
      List.of("flamegraph", "graph", "top", "peek", "source", "disasm");

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Odd> profiles =
      List.of(
          new Odd("nothing", new FlameProfiles().build()),
          new Odd("no types", Profile.builder().build()),
          new Odd("zero values", new FlameProfiles().sample(0, "main", "work").build()),
          new Odd("one sample", new FlameProfiles().sample(7, "main", "work").build()),
          new Odd("no stack", new FlameProfiles().sample(7).build()),
          new Odd("no names", nameless()),
          new Odd("empty names", new FlameProfiles().sample(7, "", "").build()),
          new Odd("hostile names", hostile()),
          new Odd("many nodes", manyNodes()),
          new Odd("one deep stack", deep()));

  /** A profile and the server that shows it. */
  static final class Odd {
    private final String name;
    private final WebServer server;

    Odd(String name, Profile profile) {
      this.name = name;
      try {
        WebSession session =
            new WebSession(
                profile,
                ReportOptions.defaults(),
                ReportContext.plain(message -> {}),
                Path.of("target", "no-settings.json"));
        this.server = WebServer.start(session, "localhost", 0);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Profile nameless() {
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    int binary = builder.mapping(MappingSpec.resolvedFile("", ""));
    int one = builder.location(new LocationSpec(binary, 0x1000, List.of(), false));
    int other = builder.location(new LocationSpec(0, 0, List.of(), false));
    return builder.sample(new int[] {one, other}, 3).build();
  }

  private static Profile hostile() {
    return new FlameProfiles()
        .sample(5, HOSTILE, "=cmd()", "\0\n\t")
        .sample(3, "x".repeat(100_000), HOSTILE)
        .build();
  }

  /** So many functions, each called by the one before or by the first. */
  private static Profile manyNodes() {
    FlameProfiles profiles = new FlameProfiles();
    for (int function = 1; function < NODES; function += 2) {
      profiles.sample(
          1 + function % 7, "main", "p" + function % 50 + ".F" + function, "G" + function);
    }
    return profiles.build();
  }

  private static Profile deep() {
    String[] frames = new String[20_000];
    for (int depth = 0; depth < frames.length; depth++) {
      frames[depth] = "f" + depth % 50;
    }
    return new FlameProfiles().sample(1, frames).build();
  }

  @AfterAll
  void stop() {
    profiles.forEach(profile -> profile.server.close());
  }

  private HttpResponse<String> get(Odd profile, String page) throws Exception {
    URI address = URI.create(profile.server.url() + "/ui/" + page);
    return client.send(
        HttpRequest.newBuilder(address).header("Accept", "text/html").build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private Odd profile(String name) {
    return profiles.stream().filter(odd -> odd.name.equals(name)).findFirst().orElseThrow();
  }

  /** The part of a page that its view made, without markup. */
  private static String text(String page) {
    String main = page.substring(page.indexOf("<main"), page.indexOf("</main>"));
    return main.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
  }

  Stream<Arguments> profilesAndPages() {
    return profiles.stream().flatMap(odd -> PAGES.stream().map(page -> Arguments.of(odd, page)));
  }

  @ParameterizedTest
  @MethodSource("profilesAndPages")
  void answersEveryPageWithinBounds(Odd profile, String page) throws Exception {
    HttpResponse<String> answer = get(profile, page);

    if (profile.name.equals("no types")) {
      // There is not even a menu to choose another view from.
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("profile has no samples\n");
      return;
    }
    assertThat(answer.body().length()).isLessThan(MOST_CHARS);
    assertThat(answer.body()).endsWith("</html>\n").contains("<main");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("<img", "<b>");
    assertThat(text(answer.body())).doesNotContain("\u202E");
    assertThat(page.equals("flamegraph") || !text(answer.body()).isEmpty())
        .as("says something: %s", answer.body())
        .isTrue();
  }

  static Stream<Arguments> sentences() {
    return Stream.of(
        Arguments.of("nothing", "graph", "There is no node to draw."),
        Arguments.of("nothing", "top", "No function has a value."),
        Arguments.of("nothing", "source", "No function that matches has lines to show."),
        Arguments.of("zero values", "top", "No function has a value."),
        Arguments.of("nothing", "peek", "No function has a value."),
        Arguments.of(
            "one sample", "disasm", "No instructions of these functions can be read here."),
        Arguments.of("one sample", "peek", "work"),
        Arguments.of("many nodes", "peek", "The heaviest functions of"),
        Arguments.of("many nodes", "graph?trim=f", "A graph of 200001 nodes is too large to draw."),
        Arguments.of("many nodes", "graph", "main"),
        Arguments.of("many nodes", "top", "main"),
        Arguments.of("many nodes", "peek?f=^G7$", "G7"));
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void saysWhatThereIsOrWhyNot(String profile, String page, String sentence) throws Exception {
    String body = get(profile(profile), page.replace("^", "%5E")).body();

    assertThat(page.startsWith("top") ? body : text(body)).contains(sentence);
  }

  Stream<Arguments> profilesAndData() {
    return profiles.stream()
        .filter(odd -> !odd.name.equals("no types"))
        .flatMap(
            odd ->
                Stream.of("outline", "flame", "top", "labels")
                    .map(data -> Arguments.of(odd, data)));
  }

  @ParameterizedTest
  @MethodSource("profilesAndData")
  void answersDataOfEveryProfile(Odd profile, String data) throws Exception {
    HttpResponse<String> answer = get(profile, "api/" + data);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{").doesNotContain("<");
    assertThat(answer.body().strip()).endsWith("}");
    assertThat(data.equals("outline") ? answer.body() : "").hasSizeLessThan(MOST_CHARS);
  }
}
