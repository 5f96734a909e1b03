// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingEventsTest {
  private static final String SECRET = "test.Secret";
  private static final String OPEN = "test.Open";

  /** The recorder keeps a text in the event if it is short, or long, or seen for the first time. */
  private static final List<String> TEXTS =
      List.of(
          "short hush",
          "of middle length, hush hush",
          "of middle length, hush \u20ac\u4e2d\ud83d\ude00 hush",
          "long, hush ".repeat(40));

  @TempDir private Path folder;

  @Name(SECRET)
  static final class SecretEvent extends Event {
    String text = "";
    double number;
    boolean flag;
  }

  @Name(OPEN)
  static final class OpenEvent extends Event {
    String text = "";
  }

  @Test
  void erasesTextsWhereverTheyAre() throws IOException {
    Path file = recorded();
    assertThat(texts(file, SECRET)).containsAll(TEXTS);

    RecordingEvents.erase(file, Set.of(SECRET));

    assertThat(RecordingFile.readAllEvents(file))
        .filteredOn(event -> event.getEventType().getName().equals(SECRET))
        .hasSize(3 * TEXTS.size())
        .allSatisfy(
            event -> {
              assertThat(event.getString("text")).isNull();
              assertThat(event.getDouble("number")).isZero();
              assertThat(event.getBoolean("flag")).isFalse();
              assertThat(event.getStartTime()).isAfter(Instant.EPOCH.plus(Duration.ofDays(365)));
            });
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("hush");
    assertThat(new String(bytes, StandardCharsets.UTF_16LE)).doesNotContain("hush");
    assertThat(new String(bytes, StandardCharsets.UTF_16BE)).doesNotContain("hush");
  }

  @Test
  void keepsWhatOtherEventsSay() throws IOException {
    Path file = recorded();

    RecordingEvents.erase(file, Set.of(SECRET));

    assertThat(texts(file, OPEN)).contains("said in the open, more than once");
    assertThat(JfrProfiles.read(Files.newInputStream(file))).isNotNull();
  }

  @Test
  void changesNothingWhereThereAreNoSuchEvents() throws IOException {
    Path file = recorded();
    byte[] before = Files.readAllBytes(file);

    RecordingEvents.erase(file, Set.of("test.None"));

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void refusesWhatIsNoRecording() throws IOException {
    Path file = Files.writeString(folder.resolve("other.jfr"), "other ".repeat(20));

    assertThatThrownBy(() -> RecordingEvents.erase(file, Set.of(SECRET)))
        .isInstanceOf(ProfileFormatException.class)
        .hasMessageContaining("no chunk");
  }

  private Path recorded() throws IOException {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      for (int round = 0; round < 3; round++) {
        for (String text : TEXTS) {
          SecretEvent secret = new SecretEvent();
          secret.text = text;
          secret.number = 1.5;
          secret.flag = true;
          secret.commit();
        }
        OpenEvent open = new OpenEvent();
        open.text = "said in the open, more than once";
        open.commit();
      }
      recording.stop();
      recording.dump(file);
    }
    return file;
  }

  private static List<String> texts(Path file, String name) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .map((RecordedEvent event) -> event.getString("text"))
        .toList();
  }
}
