// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapSnapshot;
import io.pprof4j.capture.HeapStack;
import io.pprof4j.capture.HeapStatistics;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Allocates at one place by many paths that differ in a method or a line somewhere in the middle,
 * with every allocation sampled: each path has to be found as often as it was taken. So none may be
 * taken for another one, however it is recognised: interpreted, compiled, while methods are being
 * compiled, and on virtual threads some of whose frames are not on their carrier's stack.
 */
public final class Paths {
  private static final int STEPS = 4;
  private static final int CHOICES = 5;
  private static final int PATHS = (int) Math.pow(CHOICES, STEPS);
  private static final int ROUNDS = 60;

  /** Deep enough that a virtual thread that goes on has not all its frames back at once. */
  private static final int PADDING = 80;

  /** Where objects go that die at once; written, so that no compiler removes the allocation. */
  private static final Object[] SINK = new Object[1];

  private static boolean parks;

  private Paths() {}

  /** Argument: {@code platform} or {@code virtual}. */
  public static void main(String[] args) throws Throwable {
    boolean isVirtual = args[0].equals("virtual");
    parks = isVirtual;
    HeapSampler sampler = HeapSampler.get();
    HeapOptions options = HeapOptions.fromSystemProperties().withInterval(1).withCpuBudget(0);
    boolean recognises = options.recognition() && canRecognise();
    sampler.start(options);
    if (recognises) {
      awaitRecognition(sampler);
    }
    long before = taken(sampler.snapshot());
    Thread thread = thread(isVirtual);
    thread.start();
    thread.join();
    HeapSnapshot snapshot = sampler.snapshot();
    HeapStatistics statistics = snapshot.statistics();
    System.out.println(statistics);
    Verdict verdict = new Verdict();
    verdict.holds("no path before", before == 0);
    compare(verdict, snapshot);
    verdict.holds("no mistake", statistics.mistaken() == 0);
    long least = (long) PATHS * ROUNDS / 2;
    verdict.holds("recognised", statistics.recognised() >= (recognises ? least : 0));
    verdict.holds("not recognised", recognises || statistics.recognised() == 0);
    verdict.exit();
  }

  /** Where the library knows the insides of the JVM: see {@code hotspot.c}. */
  private static boolean canRecognise() {
    String jvm = System.getProperty("java.vm.name");
    return List.of("amd64", "x86_64").contains(System.getProperty("os.arch"))
        && (jvm.contains("HotSpot") || jvm.contains("OpenJDK"));
  }

  /** The sampler's own thread looks into the JVM some time after the start. */
  private static void awaitRecognition(HeapSampler sampler) {
    long begin = System.nanoTime();
    while (sampler.statistics().recognised() == 0 && System.nanoTime() - begin < 20_000_000_000L) {
      SINK[0] = new byte[100];
    }
  }

  private static Thread thread(boolean isVirtual) throws Throwable {
    Runnable work = Paths::work;
    if (!isVirtual) {
      return new Thread(work);
    }
    // Newer than the release we compile for.
    Object builder =
        MethodHandles.lookup()
            .findStatic(
                Thread.class,
                "ofVirtual",
                MethodType.methodType(Class.forName("java.lang.Thread$Builder$OfVirtual")))
            .invoke();
    return (Thread)
        Class.forName("java.lang.Thread$Builder")
            .getMethod("unstarted", Runnable.class)
            .invoke(builder, work);
  }

  private static void work() {
    int[] paths = new int[PATHS * ROUNDS];
    Arrays.setAll(paths, i -> i % PATHS);
    Random random = new Random(1);
    for (int i = paths.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int path = paths[i];
      paths[i] = paths[other];
      paths[other] = path;
    }
    for (int path : paths) {
      SINK[0] = pad(PADDING, path);
    }
  }

  private static Object pad(int frames, int path) {
    return frames == 0 ? step(path, STEPS) : pad(frames - 1, path);
  }

  private static Object step(int path, int steps) {
    if (steps == 0) {
      if (parks) {
        LockSupport.parkNanos(1);
      }
      return leaf();
    }
    return switch (path % CHOICES) {
      case 0 -> first(path / CHOICES, steps - 1);
      case 1 -> second(path / CHOICES, steps - 1);
      case 2 -> third(path / CHOICES, steps - 1);
      default -> either(path / CHOICES, steps - 1, path % CHOICES == 3);
    };
  }

  private static Object first(int path, int steps) {
    return step(path, steps);
  }

  private static Object second(int path, int steps) {
    return step(path, steps);
  }

  private static Object third(int path, int steps) {
    return step(path, steps);
  }

  /** One method, two lines. */
  private static Object either(int path, int steps, boolean isUpper) {
    if (isUpper) {
      return step(path, steps);
    }
    return step(path, steps);
  }

  private static Object leaf() {
    return new long[10];
  }

  private static long taken(HeapSnapshot snapshot) {
    return snapshot.stacks().stream().filter(Paths::isPath).count();
  }

  private static boolean isPath(HeapStack stack) {
    return stack.frames().get(0).method().name().equals("leaf");
  }

  private static void compare(Verdict verdict, HeapSnapshot snapshot) {
    Map<String, Long> found = new HashMap<>();
    snapshot.stacks().stream()
        .filter(Paths::isPath)
        .forEach(stack -> found.merge(pathOf(stack), objects(stack), Long::sum));
    long wrong = found.values().stream().filter(count -> count != ROUNDS).count();
    verdict.holds("%d paths".formatted(found.size()), found.size() == PATHS);
    verdict.holds("%d paths with another count".formatted(wrong), wrong == 0);
  }

  private static long objects(HeapStack stack) {
    return stack.buckets().stream().mapToLong(bucket -> bucket.all().objects()).sum();
  }

  /** What tells paths apart: methods, and of {@code either} also lines. */
  private static String pathOf(HeapStack stack) {
    StringBuilder path = new StringBuilder();
    stack
        .frames()
        .forEach(
            frame -> {
              switch (frame.method().name()) {
                case "first", "second", "third" -> path.append(frame.method().name()).append(' ');
                case "either" -> path.append(frame.line()).append(' ');
                default -> {}
              }
            });
    return path.toString();
  }
}
