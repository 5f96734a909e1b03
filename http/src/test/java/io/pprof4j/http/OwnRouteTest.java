// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.capture.Captures;
import io.pprof4j.capture.CustomProfile;
import io.pprof4j.capture.ProfileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OwnRouteTest {
  @Test
  void areNoNamesForProfilesOfAnApplication() {
    for (OwnRoute route : OwnRoute.ALL) {
      assertThatThrownBy(() -> CustomProfile.create(route.name()))
          .as(route.name())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void areInTheTableOfTheDocumentation() throws IOException {
    String table = Files.readString(Path.of("..", "docs", "endpoints.md"));
    Stream<String> profiles = Captures.ofThisJvm().all().stream().map(ProfileSource::name);

    assertThat(Stream.concat(OwnRoute.ALL.stream().map(OwnRoute::name), profiles))
        .filteredOn(name -> !name.contains("/"))
        .allSatisfy(name -> assertThat(table).containsPattern("(?m)^\\|.*`" + name + "`.*\\|"));
  }

  @Test
  void areMadeOfRoutesThatAre() {
    assertThat(OwnRoute.ALL)
        .allSatisfy(
            route ->
                assertThat(
                        OwnRoute.find(route.origin()).isPresent()
                            || Captures.ofThisJvm().find(route.origin()).isPresent())
                    .isTrue());
  }
}
