// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.BuildIds;
import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gives the profiles of a source what does not depend on their kind: the builds of the code, and
 * what it took to make them.
 */
final class AccountedSource implements ProfileSource {
  private final ProfileSource source;
  private final BuildIds builds;

  AccountedSource(ProfileSource source, BuildIds builds) {
    this.source = source;
    this.builds = builds;
  }

  @Override
  public Profile capture(CaptureRequest request) throws IOException, InterruptedException {
    long before = cpuNanos();
    return account(source.capture(request), cpuNanos() - before, builds);
  }

  /** The profile with the builds of its code and its receipt. */
  static Profile account(Profile profile, long nanos, BuildIds builds) {
    String receipt = receipt(profile, nanos);
    return builds
        .name(profile)
        .withHeader(
            header -> {
              List<String> comments = new ArrayList<>(header.comments());
              comments.add(receipt);
              return header.withComments(comments);
            });
  }

  private static String receipt(Profile profile, long nanos) {
    int samples = profile.samples().size();
    return ("# this profile: samples: %d, of at most %d frames; made in %d us of CPU time, %d ns for"
            + " each sample")
        .formatted(
            samples, profile.stacks().maxDepth(), nanos / 1000, samples == 0 ? 0 : nanos / samples);
  }

  /** CPU time of the calling thread; 0 if nobody knows, as for virtual threads. */
  static long cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try {
      return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : 0;
    } catch (UnsupportedOperationException e) {
      return 0;
    }
  }

  @Override
  public void writeText(CaptureRequest request, int debug, Appendable out)
      throws IOException, InterruptedException {
    source.writeText(request, debug, out);
  }

  @Override
  public ProfileKind kind() {
    return source.kind();
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public String description() {
    return source.description();
  }

  @Override
  public Set<Ability> abilities() {
    return source.abilities();
  }

  @Override
  public long count() {
    return source.count();
  }
}
