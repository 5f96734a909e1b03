// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static io.pprof4j.capture.Truth.hasLabel;
import static io.pprof4j.capture.Truth.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ValueType;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomProfileTest {
  @Test
  void countsValuesInUseByTheStackThatAddedThem() {
    CustomProfile profile = CustomProfile.create("test/in-use");
    Object first = open(profile);
    Object second = open(profile);
    profile.remove(first);

    Profile taken = profile.capture(CaptureRequest.snapshot());

    assertThat(taken.sampleTypes()).containsExactly(new ValueType("test/in-use", "count"));
    assertThat(sum(taken, 0, "CustomProfileTest.open")).isEqualTo(1);
    assertThat(taken.samples().get(0).locations().get(0).lines().get(0).function().name())
        .isEqualTo("io.pprof4j.capture.CustomProfileTest.open");
    profile.remove(second);
    assertThat(profile.count()).isZero();
  }

  private static Object open(CustomProfile profile) {
    Object value = new Object();
    profile.add(value);
    return value;
  }

  @Test
  void isListedAmongTheProfiles() {
    CustomProfile profile = CustomProfile.create("test/listed");

    assertThat(Captures.ofThisJvm().find("test/listed")).containsSame(profile);
    assertThat(Captures.ofThisJvm().all()).contains(profile);
    for (String route : List.of("threads", "cmdline", "fgprof", "/x", "test/symbol")) {
      assertThatThrownBy(() -> CustomProfile.create(route))
          .hasMessage("an endpoint could not serve a profile named " + route);
    }
    assertThatThrownBy(() -> CustomProfile.create("test/listed"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void holdsATrackedValueUntilItIsClosed() {
    CustomProfile profile = CustomProfile.create("test/tracked");
    Object value = new Object();

    try (CustomProfile.Tracked tracked = profile.track(value)) {
      assertThat(tracked).isNotNull();
      assertThat(profile.count()).isEqualTo(1);
    }

    assertThat(profile.count()).isZero();
  }

  @Test
  void refusesAValueTwice() {
    CustomProfile profile = CustomProfile.create("test/twice");
    Object value = new Object();
    profile.add(value);

    assertThatThrownBy(() -> profile.add(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsValuesThatWereCollectedBeforeTheyWereRemoved() {
    CustomProfile profile = CustomProfile.create("test/leak");
    WeakReference<Object> leaked = new WeakReference<>(open(profile));
    while (leaked.get() != null) {
      System.gc();
    }
    // The reference is queued a moment after it is cleared.
    Profile taken = profile.capture(CaptureRequest.snapshot());
    while (sum(taken, 0, sample -> hasLabel(sample, "unclosed", "collected")) == 0) {
      System.gc();
      taken = profile.capture(CaptureRequest.snapshot());
    }

    assertThat(sum(taken, 0, "CustomProfileTest.open")).isEqualTo(1);
    assertThat(profile.count()).isEqualTo(1);
  }

  @Test
  void hasNoWindow() {
    CustomProfile profile = CustomProfile.create("test/no-window");

    assertThat(profile.abilities()).doesNotContain(ProfileSource.Ability.WINDOW);
    assertThatThrownBy(() -> profile.capture(CaptureRequest.window(Duration.ofSeconds(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
