// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static java.util.Objects.requireNonNull;

import io.pprof4j.capture.internal.CallerStacks;
import io.pprof4j.capture.internal.SampleText;
import io.pprof4j.capture.internal.StackKey;
import io.pprof4j.capture.internal.StackProfile;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A profile that an application keeps of its own resources: where were the connections opened that
 * are open now? The counterpart of Go's {@code pprof.NewProfile}.
 *
 * <pre>{@code
 * static final CustomProfile CONNECTIONS = CustomProfile.create("com.acme/connections");
 *
 * CONNECTIONS.add(connection);       // when it is opened
 * CONNECTIONS.remove(connection);    // when it is closed
 * }</pre>
 *
 * Values are told apart by identity and are held weakly. A value that the collector finds before it
 * was removed was never closed: it stays in the profile, with the label {@code unclosed=collected}.
 * Safe for use by several threads.
 */
public final class CustomProfile implements ProfileSource {
  private static final int MAX_DEPTH = 128;

  /** What {@code /debug/pprof} answers itself, besides the profiles of this JVM. */
  private static final Set<String> ROUTES =
      Set.of(
          "cmdline",
          "symbol",
          "trace",
          "flightrecorder",
          "cpu",
          "threads",
          "jfr",
          "fgprof",
          "delta_heap",
          "delta_block",
          "delta_mutex");

  private final String name;
  private final Map<ValueKey, StackKey> stackOfValue = new ConcurrentHashMap<>();
  private final Map<StackKey, LongAdder> unclosed = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  private CustomProfile(String name) {
    this.name = name;
  }

  /**
   * Makes a profile and lists it among those of this JVM.
   *
   * @param name by convention the path of a package and a word: {@code com.acme/connections}
   * @throws IllegalArgumentException if the name is empty or taken, by a profile or by another
   *     route of {@code /debug/pprof}
   */
  public static CustomProfile create(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name is empty");
    }
    if (ROUTES.contains(name) || name.startsWith("/") || name.endsWith("/symbol")) {
      throw new IllegalArgumentException("an endpoint could not serve a profile named " + name);
    }
    CustomProfile profile = new CustomProfile(name);
    Captures.ofThisJvm().register(profile);
    return profile;
  }

  /**
   * Adds a value, with the stack of the caller.
   *
   * @throws IllegalArgumentException if the value is in the profile already
   */
  public void add(Object value) {
    add(value, 0);
  }

  /**
   * Adds a value, with the stack of the caller.
   *
   * @param skip frames to leave out: with 0 the stack begins in the caller of this method
   * @throws IllegalArgumentException if the value is in the profile already
   */
  public void add(Object value, int skip) {
    requireNonNull(value, "value");
    countCollected();
    StackKey stack =
        new StackKey(
            CallerStacks.take(CustomProfile.class, skip, MAX_DEPTH), Labels.current().labels());
    if (stackOfValue.putIfAbsent(new ValueKey(value, collected), stack) != null) {
      throw new IllegalArgumentException("the value is in the profile already: " + name);
    }
  }

  /** Removes a value; one that is not in the profile is ignored. */
  public void remove(Object value) {
    countCollected();
    stackOfValue.remove(new ValueKey(requireNonNull(value, "value"), null));
  }

  /** Adds a value until the answer is closed: {@code try (var use = profile.track(value)) ...}. */
  public Tracked track(Object value) {
    add(value, 0);
    return () -> remove(value);
  }

  /** A value that is in a profile until this is closed. */
  @FunctionalInterface
  public interface Tracked extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public ProfileKind kind() {
    return ProfileKind.CUSTOM;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "A profile of the application's own: values in use, by the stack that added them.";
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.SNAPSHOT, Ability.TEXT);
  }

  @Override
  public long count() {
    countCollected();
    return stackOfValue.size() + unclosed.values().stream().mapToLong(LongAdder::sum).sum();
  }

  @Override
  public Profile capture(CaptureRequest request) {
    if (!request.isSnapshot()) {
      throw new IllegalArgumentException("a custom profile has no window");
    }
    long before = AccountedSource.cpuNanos();
    Profile profile = profile();
    return AccountedSource.account(
        profile, AccountedSource.cpuNanos() - before, Captures.ofThisJvm().builds());
  }

  private Profile profile() {
    countCollected();
    Map<StackKey, Long> counts = new HashMap<>();
    stackOfValue.values().forEach(stack -> counts.merge(stack, 1L, Long::sum));
    unclosed.forEach((stack, count) -> counts.merge(stack, count.sum(), Long::sum));
    ValueType type = new ValueType(name, "count");
    StackProfile profile = new StackProfile(type);
    counts.forEach(profile::add);
    List<String> comments =
        List.of(
            "# engine: values that the application adds and removes",
            "# samples: %d held; stacks of values collected without being removed: %d"
                .formatted(stackOfValue.size(), unclosed.size()));
    return profile.build(
        header ->
            header
                .withPeriod(Optional.of(type), 1)
                .withTime(System.currentTimeMillis() * 1_000_000, 0)
                .withComments(comments));
  }

  @Override
  public void writeText(CaptureRequest request, int debug, Appendable out) throws IOException {
    Profile profile = profile();
    new SampleText(Captures.ofThisJvm().addresses()).writeCounts(name, profile, out);
  }

  /** Moves values that were collected before they were removed to the unclosed ones. */
  private void countCollected() {
    for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
      StackKey stack = gone instanceof ValueKey key ? stackOfValue.remove(key) : null;
      if (stack != null) {
        Label label = Label.of("unclosed", "collected");
        unclosed
            .computeIfAbsent(new StackKey(stack.frames(), List.of(label)), added -> new LongAdder())
            .increment();
      }
    }
  }

  /** A value by identity; equal to itself also after the value is gone. */
  private static final class ValueKey extends WeakReference<Object> {
    private final int hash;

    ValueKey(Object value, @Nullable ReferenceQueue<Object> queue) {
      super(value, queue);
      hash = System.identityHashCode(value);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      Object value = get();
      return other instanceof ValueKey key && value != null && key.refersTo(value);
    }
  }
}
