// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static io.pprof4j.profile.Profiles.lines;
import static io.pprof4j.profile.Profiles.profiles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextFormatsTest {
  @Test
  void readsCollapsedStacksRootFirst() throws IOException {
    Profile profile = read("# made by hand\nmain;load;read file 3\n\nmain;save 4\n");

    assertThat(lines(profile)).containsExactly("read file;load;main 3", "save;main 4");
    assertThat(profile.sampleTypes()).containsExactly(new ValueType("samples", "count"));
  }

  @Test
  void readsInternalClassNamesAndMarksOfAsyncProfiler() throws IOException {
    Profile profile =
        read("java/lang/Thread.run_[j];com/acme/Shop$$Lambda/0x7f.get_[i];read_[k] 3\n");

    assertThat(lines(profile))
        .containsExactly("read;com.acme.Shop$$Lambda.get;java.lang.Thread.run 3");
    assertThat(profile.functions().get(0).systemName()).isEqualTo("java/lang/Thread.run");
  }

  @Test
  void writesCollapsedStacksSummedAndEscaped() throws IOException {
    Profile profile =
        profiles().sample(3, "a;b", "main").sample(4, "in|out").sample(5, "a;b", "main").build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    profile.writeCollapsedTo(out, 0);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("main;a:b 8\nout;in 4\n");
  }

  @Test
  void textThatIsNoStackIsNotRecognised() {
    assertThatThrownBy(() -> read("main;load three\n"))
        .hasMessage("parsing profile: unrecognized profile format");
    assertThatThrownBy(() -> read("chapter 1\nchapter 2\n"))
        .hasMessage("parsing profile: unrecognized profile format");
  }

  @Test
  void readsSampledSpeedscopeInItsUnit() throws IOException {
    Profile profile =
        read(
            """
            {"$schema": "x", "shared": {"frames": [{"name": "main", "file": "M.java", "line": 7},
            {"name": "lo\\"ad"}]}, "profiles": [{"type": "sampled", "unit": "milliseconds",
            "name": "t", "startValue": 0, "endValue": 3, "samples": [[0, 1], [0], []],
            "weights": [1.5, 2, 1]}]}
            """);

    assertThat(lines(profile)).containsExactly("lo\"ad;main 1500000", "main 2000000", " 1000000");
    assertThat(profile.locations().line(0, 0)).isEqualTo(7);
    assertThat(profile.sampleTypes()).containsExactly(new ValueType("time", "nanoseconds"));
  }

  @Test
  void readsEventsOfSpeedscopeAsSpans() throws IOException {
    Profile profile =
        read(
            """
            {"shared": {"frames": [{"name": "main"}, {"name": "load"}]}, "profiles": [
            {"type": "evented", "unit": "none", "events": [
            {"type": "O", "frame": 0, "at": 0}, {"type": "O", "frame": 1, "at": 2},
            {"type": "C", "frame": 1, "at": 5}, {"type": "C", "frame": 0, "at": 6}]}]}
            """);

    assertThat(lines(profile)).containsExactly("main 2", "load;main 3", "main 1");
  }

  @Test
  void speedscopeSurvivesWritingAndReading() throws IOException {
    Profile profile = profiles().sample(3, "a\"\\\n", "in|out").sample(4, "\ud83d\ude00").build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    profile.writeSpeedscopeTo(out, "title");

    assertThat(lines(Profiles.read(out.toByteArray())))
        .containsExactly("a\"\\\n;in;out 3", "\ud83d\ude00 4");
  }

  @Test
  void readsLinesLongerThanThoseOfLegacyFormats() throws IOException {
    String deep = "frame;".repeat(40_000) + "leaf";
    assertThat(read(deep + " 3\nmain;load 4\n").total(0)).isEqualTo(7);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    read(deep + " 3\n").writeSpeedscopeTo(out, "title");
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(line -> line.length() > 1 << 16);
    assertThat(Profiles.read(out.toByteArray()).total(0)).isEqualTo(3);
  }

  @Test
  void refusesLongLinesOfOtherText() {
    assertThatThrownBy(() -> read("word ".repeat(20_000)))
        .hasMessage("parsing profile: bufio.Scanner: token too long");
  }

  @Test
  void rejectsSpeedscopeThatContradictsItself() {
    assertThatThrownBy(() -> read("{\"shared\": {\"frames\": []}, \"profiles\": ["))
        .isInstanceOf(ProfileFormatException.class)
        .hasMessageContaining("expected at character");
    assertThatThrownBy(
            () ->
                read(
                    "{\"shared\": {\"frames\": []}, \"profiles\": [{\"samples\": [[7]], \"weights\":"
                        + " [1]}]}"))
        .hasMessage("parsing profile: speedscope: frame 7.0 of 0");
  }

  private static Profile read(String text) throws IOException {
    return Profiles.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
