// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.capture.EngineUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.Event;
import jdk.jfr.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamTest {
  private static final String FIRST = "io.pprof4j.test.First";
  private static final String SECOND = "io.pprof4j.test.Second";

  @Name(FIRST)
  static class First extends Event {}

  @Name(SECOND)
  static class Second extends Event {}

  private final AtomicReference<Optional<String>> shortage =
      new AtomicReference<>(Optional.empty());
  private final EventStream stream = new EventStream(shortage::get, Duration.ofMillis(50));
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Test
  void pausesWhileThereIsNoRoomAndSaysSo() throws Exception {
    stream.subscribe(FIRST, event -> seen.add(FIRST), settings -> {});
    stream.subscribe(SECOND, event -> seen.add(SECOND), settings -> {});
    stream.disable(SECOND);
    new First().commit();
    new Second().commit();
    stream.sync();
    assertThat(seen).containsExactly(FIRST);
    assertThat(stream.missed()).isEmpty();

    shortage.set(Optional.of("the disk is full"));
    awaitPause();
    new First().commit();
    assertThatThrownBy(() -> stream.subscribe(FIRST, event -> {}, settings -> {}))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessage("the stream of events pauses: the disk is full");

    shortage.set(Optional.empty());
    awaitGoingOn();
    new First().commit();
    new Second().commit();
    stream.sync();
    // What it was told about events counts again; what happened meanwhile is missing.
    assertThat(seen).containsExactly(FIRST, FIRST);
    assertThat(stream.missed()).hasValueSatisfying(told -> assertThat(told).startsWith("missing:"));
  }

  private void awaitPause() throws InterruptedException {
    boolean isOn = true;
    while (isOn) {
      isOn = isOn();
    }
  }

  private void awaitGoingOn() throws InterruptedException {
    boolean isOn = false;
    while (!isOn) {
      isOn = isOn();
    }
  }

  private boolean isOn() throws InterruptedException {
    try {
      stream.sync();
      return true;
    } catch (EngineUnavailableException pauses) {
      return false;
    }
  }
}
