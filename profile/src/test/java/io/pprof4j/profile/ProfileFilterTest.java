// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static io.pprof4j.profile.Profiles.lines;
import static io.pprof4j.profile.Profiles.profiles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ProfileFilterTest {
  private final Profile profile =
      profiles()
          .sample(List.of(Label.of("thread", "t1")), 1, "read", "load", "main")
          .sample(List.of(Label.of("thread", "t2")), 2, "in|write", "save", "main")
          .sample(List.of(Label.of("bytes", 8, "bytes")), 4, "load", "walk", "load", "main")
          .build();

  @Test
  void focusKeepsSamplesWithAMatch() {
    Filtered filtered = profile.filter(ProfileFilter.builder().focus("load"::equals).build());

    assertThat(lines(filtered.profile()))
        .containsExactly("read;load;main 1 thread=t1", "load;walk;load;main 4 bytes=8bytes");
    assertThat(filtered.unmatched()).isEmpty();
  }

  @Test
  void ignoreBeatsFocusOnTheSameLocation() {
    Filtered filtered =
        profile.filter(
            ProfileFilter.builder().focus("load"::equals).ignore("load"::equals).build());

    assertThat(filtered.profile().samples()).isEmpty();
    assertThat(filtered.unmatched()).containsExactly(FilterKind.FOCUS);
  }

  @Test
  void hideRemovesLinesAndSamplesWithoutFrames() {
    Filtered filtered =
        profile.filter(
            ProfileFilter.builder().hide(name -> name.matches("in|load|walk|main")).build());

    assertThat(lines(filtered.profile()))
        .containsExactly("read 1 thread=t1", "write;save 2 thread=t2");
  }

  @Test
  void showKeepsOnlyMatchingLines() {
    Filtered filtered =
        profile.filter(ProfileFilter.builder().show(name -> name.matches("write|load")).build());

    assertThat(lines(filtered.profile()))
        .containsExactly("load 1 thread=t1", "write 2 thread=t2", "load;load 4 bytes=8bytes");
  }

  @Test
  void showFromCutsAboveTheOutermostMatch() {
    Filtered filtered = profile.filter(ProfileFilter.builder().showFrom("load"::equals).build());

    assertThat(lines(filtered.profile()))
        .containsExactly("read;load 1 thread=t1", "load;walk;load 4 bytes=8bytes");
  }

  @Test
  void showFromKeepsTheInlinedFramesBelowTheMatch() {
    Filtered filtered = profile.filter(ProfileFilter.builder().showFrom("in"::equals).build());

    assertThat(lines(filtered.profile())).containsExactly("in 2 thread=t2");
  }

  @Test
  void pruneFromCutsBelowTheInnermostMatch() {
    Filtered filtered =
        profile.filter(
            ProfileFilter.builder().pruneFrom(name -> name.matches("walk|write")).build());

    assertThat(lines(filtered.profile()))
        .containsExactly(
            "read;load;main 1 thread=t1",
            "write;save;main 2 thread=t2",
            "walk;load;main 4 bytes=8bytes");
  }

  @Test
  void dropFramesRemovesTheOutermostMatchButNeverAllFrames() {
    Profile dropped = profile.dropFrames(name -> name.matches("load|main|in"));

    assertThat(lines(dropped))
        .containsExactly(
            "read;load;main 1 thread=t1",
            "write;save;main 2 thread=t2",
            "walk;load;main 4 bytes=8bytes");
  }

  @Test
  void labelFiltersSeeWholeLists() {
    Filtered filtered =
        profile.filter(
            ProfileFilter.builder()
                .tagFocus(labels -> labels.contains(Label.of("thread", "t1")))
                .tagIgnore(List::isEmpty)
                .build());

    assertThat(lines(filtered.profile())).containsExactly("read;load;main 1 thread=t1");
    assertThat(filtered.unmatched()).containsExactly(FilterKind.TAG_IGNORE);
  }

  @Test
  void tagShowAndTagHideRemoveLabelsAndKeepSamples() {
    Filtered filtered =
        profile.filter(
            ProfileFilter.builder().tagShow("bytes"::equals).tagHide("nothing"::equals).build());

    assertThat(lines(filtered.profile()))
        .containsExactly(
            "read;load;main 1", "in|write;save;main 2", "load;walk;load;main 4 bytes=8bytes");
    assertThat(filtered.unmatched()).containsExactly(FilterKind.TAG_HIDE);
  }

  @Test
  void aMappingDecidesForAllLinesOfItsLocations() {
    ProfileBuilder builder = Profile.builder(new ValueType("n", "count"));
    int mapping = builder.mapping(MappingSpec.resolvedFile("libc.so", ""));
    int read = builder.location(mapping, builder.function("read", "", "", 0), 1);
    int main = builder.location(Locations.NO_MAPPING, builder.function("main", "", "", 0), 1);
    Profile mapped = builder.sample(new int[] {read, main}, 1).build();

    assertThat(
            lines(mapped.filter(ProfileFilter.builder().hide("libc.so"::equals).build()).profile()))
        .containsExactly("main 1");
    assertThat(
            lines(mapped.filter(ProfileFilter.builder().show("libc.so"::equals).build()).profile()))
        .containsExactly("read 1");
  }

  @Test
  void simpleNamesEndBeforeTheArguments() {
    assertThat(SimpleName.of(".f(int)")).isEqualTo("f");
    assertThat(SimpleName.of("(anonymous namespace)::g(int)"))
        .isEqualTo("(anonymous namespace)::g");
    assertThat(SimpleName.of("C::operator()(int)")).isEqualTo("C::operator()");
    assertThat(SimpleName.of("main")).isEqualTo("main");
  }

  @Test
  void labelFramesSurroundTheStack() {
    LabelFrames frames =
        new LabelFrames(
            List.of("thread", "none"),
            List.of("bytes"),
            labels -> labels.isEmpty() ? "" : labels.get(0).value().toString());

    Filtered filtered = profile.withLabelFrames(frames);

    assertThat(lines(filtered.profile()))
        .first()
        .isEqualTo(";read;load;main;;Text[text=t1] 1 thread=t1");
    assertThat(filtered.unmatched()).isEmpty();
    assertThat(
            profile
                .withLabelFrames(new LabelFrames(List.of("x"), List.of(), labels -> ""))
                .unmatched())
        .containsExactly(FilterKind.TAG_ROOT);
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    List<ProfileFilter> filters =
        List.of(
            ProfileFilter.builder().focus("load"::equals).build(),
            ProfileFilter.builder().hide("load"::equals).build(),
            ProfileFilter.builder().showFrom("load"::equals).build(),
            ProfileFilter.builder().tagFocus(labels -> true).build(),
            ProfileFilter.builder().tagHide("thread"::equals).build());

    for (ProfileFilter filter : filters) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> profile.filter(filter))
          .as(filter.given().toString())
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
