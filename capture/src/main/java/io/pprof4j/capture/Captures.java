// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.JavaThreadDumper;
import io.pprof4j.capture.internal.ThreadsSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The profiles of this JVM, by name. The counterpart of Go's {@code pprof.Lookup} and {@code
 * pprof.Profiles}. Engines start when they are first needed.
 */
public final class Captures {
  /** A JVM has one flight recorder and one sampler, so it has one of these. */
  private static final Captures JVM = new Captures();

  private final Map<String, ProfileSource> sources = new ConcurrentHashMap<>();
  private final FrameAddresses addresses = new FrameAddresses();

  private Captures() {
    register(new ThreadsSource(addresses, new JavaThreadDumper("")));
  }

  /** The profiles of this JVM. */
  public static Captures ofThisJvm() {
    return JVM;
  }

  /** A profile by its exact name: {@code heap}, {@code goroutine}, or one of the application's. */
  public Optional<ProfileSource> find(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  /** All profiles that {@link #find} knows, sorted by name. */
  public List<ProfileSource> all() {
    List<ProfileSource> all = new ArrayList<>(sources.values());
    all.sort(Comparator.comparing(ProfileSource::name));
    return all;
  }

  /** The addresses that text profiles give to frames. */
  public FrameAddresses addresses() {
    return addresses;
  }

  /**
   * Lists a profile.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  void register(ProfileSource source) {
    if (sources.putIfAbsent(source.name(), source) != null) {
      throw new IllegalArgumentException("there is a profile of this name: " + source.name());
    }
  }
}
