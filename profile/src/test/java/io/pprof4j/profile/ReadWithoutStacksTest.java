// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadWithoutStacksTest {
  private static final ProfileReader READER = ProfileReader.withDefaults().withoutStacks();

  /** Reads an input that is valid as a whole; {@code what} names it. */
  static void assertAllButStacks(byte[] input, Profile whole, String what) throws IOException {
    Profile read = READER.read(input);

    assertThat(read.header()).as(what).isEqualTo(whole.header());
    assertThat(read.samples()).as(what).hasSameSizeAs(whole.samples());
    for (int sample = 0; sample < whole.samples().size(); sample++) {
      Sample expected = whole.samples().get(sample);
      Sample actual = read.samples().get(sample);
      assertThat(actual.labels()).as(what).isEqualTo(expected.labels());
      assertThat(actual.values()).as(what).isEqualTo(expected.values());
      assertThat(actual.locations()).as(what).isEmpty();
    }
    assertThat(read.locations()).as(what).hasSameSizeAs(whole.locations());
    for (int row = 0; row < whole.locations().size(); row++) {
      assertThat(read.locations().id(row)).as(what).isEqualTo(whole.locations().id(row));
      assertThat(read.locations().get(row).lines())
          .as(what)
          .hasSameSizeAs(whole.locations().get(row).lines());
    }
  }

  /** Reads an input that is refused as a whole. */
  static void assertRefused(byte[] input, String what) {
    assertThatThrownBy(() -> READER.read(input))
        .as(what)
        .isInstanceOf(ProfileFormatException.class)
        .hasMessageMatching("(?s)(parsing|decompressing|malformed) profile: .+");
  }

  @Test
  void allButStacksOfEveryFormatIsAsUsual() throws IOException {
    for (Path file : Corpus.files()) {
      byte[] input = Files.readAllBytes(file);
      String name = file.getFileName().toString();
      Profile whole;
      try {
        whole = Profiles.read(input);
      } catch (ProfileFormatException refused) {
        assertRefused(input, name);
        continue;
      }
      assertAllButStacks(input, whole, name);
    }
  }

  @Test
  void randomProfilesAreAsUsual() throws IOException {
    for (long seed = 0; seed < 500; seed++) {
      byte[] input = Profiles.bytes(Profiles.random(seed));
      assertAllButStacks(input, Profiles.read(input), "seed " + seed);
    }
  }

  @Test
  void theProfileCanBeWrittenMergedAndFiltered() throws IOException {
    byte[] input = Profiles.bytes(Profiles.random(7));
    Profile read = READER.read(input);

    assertThat(Profiles.bytes(Profiles.read(Profiles.bytes(read)))).isEqualTo(Profiles.bytes(read));
    assertThat(read.minus(read).samples()).isEmpty();
    assertThat(Profile.merge(List.of(read, read)).samples()).isNotEmpty();
  }
}
