// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapSnapshot;
import io.pprof4j.capture.HeapStack;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;

/**
 * Loads a class, has it compiled and unloads it, again and again, each time under another name: so
 * code that differs in nothing but whose it is gets the addresses of code that is gone. Every
 * allocation is sampled, and each class has to be found exactly as often as it allocated.
 */
public final class Twins {
  private static final int ROUNDS = 40;
  private static final int CALLS = 30_000;

  /** Where objects go that die at once; written, so that no compiler removes the allocation. */
  private static final Object[] SINK = new Object[1];

  private Twins() {}

  /** The class that is loaded under many names. */
  public static final class Twin00 implements IntFunction<Object> {
    @Override
    public Object apply(int i) {
      return new long[8 + (i & 1)];
    }
  }

  /** Defines the twin under another name, so that it goes when the loader goes. */
  private static final class Loader extends ClassLoader {
    Loader() {
      super(Twins.class.getClassLoader());
    }

    @SuppressWarnings("unchecked")
    IntFunction<Object> make(String name) {
      String original = Twin00.class.getName();
      try (InputStream in = getResourceAsStream(original.replace('.', '/') + ".class")) {
        String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        byte[] renamed = bytes.replace("Twin00", name).getBytes(StandardCharsets.ISO_8859_1);
        Class<?> twin = defineClass(original.replace("Twin00", name), renamed, 0, renamed.length);
        return (IntFunction<Object>) twin.getDeclaredConstructor().newInstance();
      } catch (IOException | ReflectiveOperationException e) {
        throw new IllegalStateException(name, e);
      }
    }
  }

  /** Runs the comparison. */
  public static void main(String[] args) throws Exception {
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.fromSystemProperties().withInterval(1).withCpuBudget(0));
    // A thread that is older than the sampler has drawn the place of its first sample before.
    FutureTask<Void> rounds = new FutureTask<>(Twins::callAll, null);
    new Thread(rounds).start();
    rounds.get();
    HeapSnapshot snapshot = sampler.snapshot();
    System.out.println(snapshot.statistics());
    Verdict verdict = new Verdict();
    verdict.holds("no mistake", snapshot.statistics().mistaken() == 0);
    Map<String, Long> found = new HashMap<>();
    snapshot.stacks().stream()
        .filter(stack -> nameOf(stack).startsWith("Twin"))
        .forEach(stack -> found.merge(nameOf(stack), objects(stack), Long::sum));
    for (int round = 1; round <= ROUNDS; round++) {
      String name = "Twin%02d".formatted(round);
      long count = found.getOrDefault(name, 0L);
      verdict.holds("%s %d".formatted(name, count), count == CALLS);
    }
    verdict.exit();
  }

  private static void callAll() {
    for (int round = 1; round <= ROUNDS; round++) {
      WeakReference<?> gone = call("Twin%02d".formatted(round));
      while (gone.get() != null) {
        System.gc();
      }
    }
  }

  private static WeakReference<?> call(String name) {
    Loader loader = new Loader();
    IntFunction<Object> twin = loader.make(name);
    for (int i = 0; i < CALLS; i++) {
      SINK[0] = twin.apply(i);
    }
    return new WeakReference<>(loader);
  }

  private static String nameOf(HeapStack stack) {
    String name = stack.frames().get(0).method().className();
    return name.substring(name.lastIndexOf('$') + 1);
  }

  private static long objects(HeapStack stack) {
    return stack.buckets().stream().mapToLong(bucket -> bucket.all().objects()).sum();
  }
}
