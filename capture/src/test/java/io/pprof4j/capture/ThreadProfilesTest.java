// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static io.pprof4j.capture.Truth.hasFunction;
import static io.pprof4j.capture.Truth.hasLabel;
import static io.pprof4j.capture.Truth.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pprof4j.profile.Profile;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadProfilesTest {
  private static final int PLATFORM = 40;
  private static final int VIRTUAL = 300;

  private final Captures captures = Captures.ofThisJvm();
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void releaseThreads() throws InterruptedException {
    release.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void countsPlatformThreadsAtTheirStack() throws Exception {
    startPlatform(PLATFORM);

    Profile profile = goroutine().capture(CaptureRequest.snapshot());

    assertThat(sum(profile, 0, "ThreadProfilesTest.waitHere")).isEqualTo(PLATFORM);
    long waiting =
        sum(
            profile,
            0,
            sample ->
                hasFunction(sample, "ThreadProfilesTest.waitHere")
                    && hasLabel(sample, "state", "WAITING"));
    assertThat(waiting).isEqualTo(PLATFORM);
  }

  @Test
  void countsVirtualThreadsToo() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "there are no virtual threads");
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    for (int number = 0; number < VIRTUAL; number++) {
      threads.add((Thread) start.invoke(null, (Runnable) this::waitHere));
    }
    awaitWaiting();

    Profile profile = goroutine().capture(CaptureRequest.snapshot());

    assertThat(sum(profile, 0, "ThreadProfilesTest.waitHere")).isEqualTo(VIRTUAL);
  }

  @Test
  void showsOnlyWhatChangedInAWindow() throws Exception {
    startPlatform(3);
    FutureTask<Profile> capture =
        new FutureTask<>(() -> goroutine().capture(CaptureRequest.window(Duration.ofMillis(1500))));
    Thread capturing = new Thread(capture, "capturing");
    capturing.start();
    while (capturing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    startPlatform(2);

    Profile delta = capture.get();

    assertThat(sum(delta, 0, "ThreadProfilesTest.waitHere")).isEqualTo(2);
    assertThat(delta.durationNanos()).isGreaterThanOrEqualTo(1_400_000_000L);
  }

  @Test
  void labelsThreadsAlsoWithWhatTheyInherited() throws Exception {
    Labels.of("tenant", "acme").run(() -> startPlatform(2));

    Profile profile = goroutine().capture(CaptureRequest.snapshot());

    long labelled = sum(profile, 0, sample -> hasLabel(sample, "tenant", "acme"));
    assertThat(labelled).isEqualTo(2);
  }

  @Test
  void groupsThreadsInText() throws Exception {
    startPlatform(PLATFORM);
    StringBuilder text = new StringBuilder();

    goroutine().writeText(CaptureRequest.snapshot(), 1, text);

    assertThat(text.toString())
        .startsWith("goroutine profile: total ")
        .containsPattern("(?m)^" + PLATFORM + " @ 0x[0-9a-f]+( 0x[0-9a-f]+)*$")
        .containsPattern(
            "(?m)^#\t0x[0-9a-f]+\tio\\.pprof4j\\.capture\\.ThreadProfilesTest\\.waitHere\\+0x[0-9a-f]+"
                + "\t\tio/pprof4j/capture/ThreadProfilesTest\\.java:\\d+$");
  }

  @Test
  void everyAddressInTextHasASymbol() throws Exception {
    StringBuilder text = new StringBuilder();
    goroutine().writeText(CaptureRequest.snapshot(), 1, text);

    List<String> names = new ArrayList<>();
    for (String line : text.toString().lines().toList()) {
      if (line.startsWith("#\t0x")) {
        int end = line.indexOf('\t', 2);
        long address = Long.parseLong(line.substring("#\t0x".length(), end), 16);
        String name = line.substring(end + 1, line.lastIndexOf("+0x"));
        names.add(name);
        // pprof asks for the address before that of a caller.
        assertThat(captures.addresses().symbol(address - 1)).contains(name);
      }
    }
    assertThat(names).isNotEmpty();
  }

  @Test
  void listsThreadsOneByOneWithNamesAndLocks() throws Exception {
    Object monitor = new Object();
    Thread holder =
        new Thread(
            () -> {
              synchronized (monitor) {
                waitHere();
              }
            },
            "the \"holder\"");
    threads.add(holder);
    holder.start();
    awaitWaiting();
    StringBuilder text = new StringBuilder();

    goroutine().writeText(CaptureRequest.snapshot(), 2, text);

    assertThat(text.toString())
        .containsPattern("(?m)^goroutine \\d+ \\[running, .*\\]:$")
        .containsPattern("(?m)^goroutine \\d+ \\[WAITING, parked, \"the \\\\\"holder\\\\\"\"\\]:$")
        .contains("io.pprof4j.capture.ThreadProfilesTest.waitHere(...)\n\tio/pprof4j/capture/")
        .contains("\t# holds java.lang.Object@");
  }

  @Test
  void tellsWhoStartedAThread() throws Exception {
    ProfileSource created = captures.find("threadcreate").orElseThrow();
    created.capture(CaptureRequest.snapshot()); // begins to listen
    startChild();
    awaitWaiting();
    created.capture(CaptureRequest.snapshot()); // has heard of the new thread

    String block = blockOf(threads.get(0), dump());

    assertThat(block)
        .containsPattern(
            "(?m)^created by io\\.pprof4j\\.capture\\.ThreadProfilesTest\\.startChild in goroutine "
                + ThreadProfilesTest.id(Thread.currentThread())
                + "\n\tio/pprof4j/capture/ThreadProfilesTest\\.java:\\d+ \\+0x[0-9a-f]+$");
  }

  @Test
  void tellsWhichLockIsWaitedForAndWhoHoldsIt() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    threads.add(new Thread(() -> holding(lock, this::waitHere), "owner"));
    threads.get(0).start();
    awaitWaiting();
    threads.add(new Thread(() -> holding(lock, () -> {}), "waiter"));
    threads.get(1).start();
    awaitWaiting();

    String dump = dump();

    assertThat(blockOf(threads.get(1), dump))
        .containsPattern(
            "\t# waits for java.util.concurrent.locks.ReentrantLock\\$NonfairSync@[0-9a-f]+, held by"
                + " goroutine "
                + id(threads.get(0))
                + " \\(\"owner\"\\)");
    assertThat(blockOf(threads.get(0), dump))
        .contains("\t# holds java.util.concurrent.locks.ReentrantLock$NonfairSync@");
  }

  @Test
  void tellsCarriersAndLocksOfVirtualThreads() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "there are no virtual threads");
    ReentrantLock lock = new ReentrantLock();
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    AtomicBoolean isOver = new AtomicBoolean();
    threads.add(new Thread(() -> holding(lock, this::waitHere), "owner"));
    threads.get(0).start();
    awaitWaiting();
    threads.add((Thread) start.invoke(null, (Runnable) () -> holding(lock, () -> {})));
    awaitWaiting();
    Thread running =
        (Thread)
            start.invoke(
                null,
                (Runnable)
                    () -> {
                      while (!isOver.get()) {
                        Thread.onSpinWait();
                      }
                    });
    while (running.getState() != Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }

    String dump = dumpWhen(text -> blockOf(running, text).contains("carried by"));
    isOver.set(true);
    threads.add(running);

    assertThat(blockOf(threads.get(1), dump))
        .containsPattern(
            "\t# waits for .*NonfairSync@[0-9a-f]+, held by goroutine \\d+ \\(\"owner");
    assertThat(blockOf(running, dump))
        .containsPattern("\t# carried by goroutine \\d+ \\(\"ForkJoinPool");
    assertThat(dump).contains("\t# carries goroutine " + id(running) + " ");
  }

  @Test
  void tellsForHowLongAThreadHasWaitedSinceAnEarlierDump() throws Exception {
    startPlatform(1);
    dump();

    String later =
        dumpWhen(text -> blockOf(threads.get(0), text).contains("has waited for at least"));

    assertThat(blockOf(threads.get(0), later))
        .containsPattern("\t# has waited for at least \\d+ s\n");
  }

  private void startChild() {
    Thread child = new Thread(this::waitHere, "child");
    threads.add(child);
    child.start();
  }

  private static void holding(ReentrantLock lock, Runnable code) {
    lock.lock();
    try {
      code.run();
    } finally {
      lock.unlock();
    }
  }

  private String dump() throws Exception {
    StringBuilder text = new StringBuilder();
    goroutine().writeText(CaptureRequest.snapshot(), 2, text);
    return text.toString();
  }

  private String dumpWhen(Predicate<String> condition) throws Exception {
    String dump = dump();
    while (!condition.test(dump)) {
      dump = dump();
    }
    return dump;
  }

  private static String blockOf(Thread thread, String dump) {
    int from = dump.indexOf("goroutine " + id(thread) + " [");
    return from < 0 ? "" : dump.substring(from, dump.indexOf("\n\n", from) + 1);
  }

  @SuppressWarnings("deprecation") // threadId() is newer than 17
  private static long id(Thread thread) {
    return thread.getId();
  }

  @Test
  void countsThreadsAtTheStackThatStartedThem() throws Exception {
    ProfileSource source = captures.find("threadcreate").orElseThrow();
    source.capture(CaptureRequest.snapshot()); // begins to count
    spawn(7);
    awaitWaiting(); // a new thread itself says that it started

    Profile profile = source.capture(CaptureRequest.snapshot());

    assertThat(sum(profile, 0, "ThreadProfilesTest.spawn")).isEqualTo(7);
    assertThat(profile.total(0)).isGreaterThanOrEqualTo(7 + 3);
  }

  @Test
  void countsInAWindowOnlyThreadsThatWereStartedInIt() throws Exception {
    ProfileSource source = captures.find("threadcreate").orElseThrow();
    startPlatform(3);
    FutureTask<Profile> capture =
        new FutureTask<>(() -> source.capture(CaptureRequest.window(Duration.ofMillis(1500))));
    Thread capturing = new Thread(capture, "capturing");
    capturing.start();
    while (capturing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    Profile delta = capture.get();

    assertThat(delta.samples()).allMatch(sample -> sample.value(0) > 0);
    assertThat(sum(delta, 0, sample -> hasFunction(sample, "[started before the profiler]")))
        .isZero();
  }

  private void spawn(int count) {
    for (int number = 0; number < count; number++) {
      Thread thread = new Thread(this::waitHere, "spawned");
      threads.add(thread);
      thread.start();
    }
  }

  private void startPlatform(int count) {
    for (int number = 0; number < count; number++) {
      Thread thread = new Thread(this::waitHere, "waiting-" + number);
      threads.add(thread);
      thread.start();
    }
    awaitWaiting();
  }

  private void awaitWaiting() {
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  private void waitHere() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProfileSource goroutine() {
    return captures.find("goroutine").orElseThrow();
  }
}
