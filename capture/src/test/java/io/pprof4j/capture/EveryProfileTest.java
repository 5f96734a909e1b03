// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.Profile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all profiles have, whatever they are about. */
class EveryProfileTest {
  private static final Captures CAPTURES = Captures.ofThisJvm();

  private static Profile capture(String name) throws Exception {
    ProfileSource source = CAPTURES.find(name).orElseThrow();
    return source.capture(
        source.abilities().contains(ProfileSource.Ability.SNAPSHOT)
            ? CaptureRequest.snapshot()
            : CaptureRequest.window(Duration.ofMillis(200)));
  }

  @Test
  void aReceiptSaysWhatItHasCost() throws Exception {
    CustomProfile resources = CustomProfile.create("EveryProfileTest/receipt");
    resources.add(this);

    for (String name :
        List.of(
            "heap",
            "allocs",
            "profile",
            "wall",
            "goroutine",
            "threadcreate",
            "block",
            "mutex",
            "EveryProfileTest/receipt")) {
      List<String> comments = capture(name).comments();

      assertThat(comments).as(name).anyMatch(comment -> comment.startsWith("# engine: "));
      assertThat(comments).as(name).anyMatch(comment -> comment.contains("samples: "));
      assertThat(comments).as(name).anyMatch(comment -> comment.startsWith("# this profile: "));
    }
  }

  @Test
  void mappingsNameTheBuildOfTheirCode() throws Exception {
    Profile threads = capture("goroutine");

    assertThat(threads.mappings())
        .filteredOn(mapping -> mapping.filename().matches("jrt:.*|.*\\.jar"))
        .isNotEmpty()
        .extracting(Mapping::buildId)
        .allMatch(id -> id.matches("[0-9a-f]{40}"));
  }
}
