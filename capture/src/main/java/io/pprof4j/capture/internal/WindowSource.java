// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.ProfileKind;
import io.pprof4j.capture.ProfileSource;
import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.util.Set;

/** A profile that only exists of windows: nothing is sampled before somebody asks. */
public abstract class WindowSource implements ProfileSource {
  private final ProfileKind kind;
  private final String description;

  /** A source of a kind, with what an index page says of it. */
  protected WindowSource(ProfileKind kind, String description) {
    this.kind = kind;
    this.description = description;
  }

  /** Takes the profile of a window, whose duration is given. */
  protected abstract Profile window(CaptureRequest request)
      throws IOException, InterruptedException;

  @Override
  public final ProfileKind kind() {
    return kind;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final Set<Ability> abilities() {
    return Set.of(Ability.WINDOW);
  }

  @Override
  public final long count() {
    return 0;
  }

  @Override
  public final Profile capture(CaptureRequest request) throws IOException, InterruptedException {
    if (request.isSnapshot()) {
      throw new IllegalArgumentException("a profile of " + name() + " needs a duration");
    }
    return window(request);
  }

  @Override
  public final void writeText(CaptureRequest request, int debug, Appendable out) {
    throw new IllegalArgumentException("a profile of " + name() + " has no text form");
  }
}
