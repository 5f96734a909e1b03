// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapBucket;
import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Unloads classes whose objects are sampled and alive, and loads them again, many times. */
public final class Unloading {
  private static final int ROUNDS = 30;
  private static final int OBJECTS = 3_000;

  private Unloading() {}

  /** The class that is loaded again and again; allocates an array and a lambda. */
  public static final class Guest implements Supplier<Object> {
    @Override
    public Object get() {
      Supplier<Object> hidden = () -> new byte[200];
      return hidden.get();
    }
  }

  /** Defines the guest itself, so that it goes when the loader goes. */
  private static final class GuestLoader extends ClassLoader {
    GuestLoader() {
      super(Unloading.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Guest.class.getName())) {
        return super.loadClass(name, resolve);
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** Runs the comparison. */
  public static void main(String[] args) throws Exception {
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.defaults().withInterval(512).withCpuBudget(0));
    List<Object> kept = Sites.keep(new ArrayList<>());
    Verdict verdict = new Verdict();
    long stacksAfterTwo = 0;
    long methodsAfterTwo = 0;
    // One thread for all rounds: the JVM seeds a thread's draws with the address of its structure,
    // which the next thread gets again, and then all rounds would be sampled at the same places.
    ExecutorService thread = Executors.newSingleThreadExecutor();
    for (int round = 0; round < ROUNDS; round++) {
      WeakReference<Object> gone = thread.submit(() -> allocate(kept)).get();
      // A compiler thread may hold on to the class for a while.
      for (int attempt = 0; gone.get() != null && attempt < 100; attempt++) {
        sampler.collect();
      }
      if (round < 2) {
        stacksAfterTwo = guestStacks(sampler.snapshot());
        methodsAfterTwo = sampler.statistics().methods();
      }
      if (gone.get() != null) {
        verdict.holds("class unloaded in round " + round, false);
      }
    }
    thread.shutdown();
    HeapSnapshot snapshot = sampler.snapshot();
    System.out.println(snapshot.statistics());
    verdict.holds("ids retired", snapshot.statistics().retiredMethods() >= ROUNDS - 2);
    verdict.holds("stacks bounded", guestStacks(snapshot) == stacksAfterTwo);
    // The JDK's own code path may settle on other methods in the first rounds.
    verdict.holds("methods bounded", snapshot.statistics().methods() < methodsAfterTwo + 300);
    HeapBucket found = guests(snapshot);
    verdict.objects("allocated", (long) ROUNDS * OBJECTS, found.all().objects(), 216, 512);
    verdict.objects("live", (long) ROUNDS * OBJECTS, found.live().objects(), 216, 512);
    verdict.exit();
  }

  @SuppressWarnings("unchecked")
  private static WeakReference<Object> allocate(List<Object> kept)
      throws ReflectiveOperationException {
    ClassLoader loader = new GuestLoader();
    Class<?> guest = Class.forName(Guest.class.getName(), true, loader);
    Supplier<Object> supplier = (Supplier<Object>) guest.getDeclaredConstructor().newInstance();
    for (int i = 0; i < OBJECTS; i++) {
      kept.add(supplier.get());
    }
    return new WeakReference<>(loader);
  }

  private static boolean isGuest(io.pprof4j.capture.HeapStack stack) {
    return stack.frames().get(0).method().className().equals(Guest.class.getName())
        && stack.frames().get(0).method().name().startsWith("lambda$get$")
        && stack.frames().get(0).method().sourceFile().equals("Unloading.java")
        && stack.frames().get(0).line() > 0;
  }

  private static long guestStacks(HeapSnapshot snapshot) {
    return snapshot.stacks().stream().filter(Unloading::isGuest).count();
  }

  private static HeapBucket guests(HeapSnapshot snapshot) {
    return new HeapSnapshotTotal(snapshot.stacks().stream().filter(Unloading::isGuest).toList())
        .total();
  }
}
