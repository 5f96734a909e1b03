// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.capture.internal.threads.DumpedThread;
import io.pprof4j.capture.internal.threads.NativeThreadDumper;
import io.pprof4j.capture.internal.threads.ThreadDump;
import io.pprof4j.capture.internal.threads.ThreadDumper;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Has virtual threads wait at the ends of many paths that differ in a method or a line somewhere in
 * the middle, as many threads in each way of waiting at each: a dump has to find as many. Some of
 * them stay where they are, while others are woken and go on to their next path.
 */
public final class WaitingPaths {
  private static final int STEPS = 4;
  private static final int CHOICES = 3;
  private static final int PATHS = (int) Math.pow(CHOICES, STEPS);

  /** Threads of one path and one way of waiting, those that stay and those that move. */
  private static final int EACH = 40;

  /** Waiting for a monitor keeps the carrier until 24. */
  private static final int WAYS = Runtime.version().feature() >= 24 ? 4 : 2;

  /** That way: the monitor is the main thread's, so of these none moves. */
  private static final int ACQUIRE = 2;

  private static final int MOVES = 3;
  private static final int DUMPS = 4;

  /** Deep enough that a thread that is woken does not have all its frames back at once. */
  private static final int PADDING = 60;

  private static final int WARM_THREADS = 64;
  private static final int WARM_ROUNDS = 100;

  private static final Object MONITOR = new Object();

  private static volatile boolean isWarm;

  private static Method start;

  private final List<Walker> walkers = new ArrayList<>();
  private final Verdict verdict = new Verdict();

  private WaitingPaths() {}

  /** Argument: {@code some} if stacks are recognised on x86-64, {@code none} if none can be. */
  public static void main(String[] args) throws Exception {
    start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    warmUp();
    boolean isKnownProcessor = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
    new WaitingPaths().run(args[0].equals("some") && isKnownProcessor);
  }

  private void run(boolean recognises) throws Exception {
    ThreadDumper dumper = NativeThreadDumper.best();
    ThreadDump last;
    synchronized (MONITOR) {
      for (int number = 0; number < PATHS * WAYS * EACH; number++) {
        int way = number / PATHS % WAYS;
        walkers.add(new Walker(false, way, number % PATHS));
        if (way != ACQUIRE) {
          walkers.add(new Walker(true, way, number % PATHS));
        }
      }
      awaitWaiting();
      compare("at first", dumper.dump(1024), true);
      for (int move = 0; move < MOVES; move++) {
        System.gc(); // from then on frames that go back to the heap are in an object of their own
        move(dumper);
        last = dumper.dump(1024);
        compare("after move " + move, last, true);
      }
      last = dumper.dump(1024);
    }
    System.out.println(last.comments());
    boolean isTold = last.comments().stream().anyMatch(comment -> comment.contains("walked"));
    verdict.holds("recognised: " + isTold, isTold == recognises);
    verdict.exit();
  }

  /** Wakes all that move, on a thread of its own, while dumps are taken. */
  private void move(ThreadDumper dumper) throws InterruptedException {
    AtomicBoolean isOver = new AtomicBoolean();
    Thread mover =
        new Thread(
            () -> {
              walkers.stream().filter(walker -> walker.moves).forEach(Walker::goOn);
              isOver.set(true);
            });
    mover.start();
    for (int dump = 0; dump < DUMPS || !isOver.get(); dump++) {
      compare("while others move", dumper.dump(1024), false);
    }
    mover.join();
    awaitWaiting();
  }

  private void awaitWaiting() {
    for (Walker walker : walkers) {
      while (!walker.isThere()) {
        Thread.onSpinWait();
      }
    }
  }

  private void compare(String when, ThreadDump dump, boolean withMoving) {
    Map<String, Integer> found = new HashMap<>();
    for (DumpedThread thread : dump.threads()) {
      String path = pathOf(thread);
      if (path.startsWith("stays") || (withMoving && path.startsWith("moves"))) {
        found.merge(path, 1, Integer::sum);
      }
    }
    long wrong = found.values().stream().filter(count -> count != EACH).count();
    int moving = withMoving ? Math.min(WAYS, 3) : 0;
    verdict.holds(
        "%s: %d paths, %d with another count".formatted(when, found.size(), wrong),
        found.size() == PATHS * (WAYS + moving) && wrong == 0);
  }

  /** What tells paths apart: methods, and of {@code either} also lines; and the state. */
  private static String pathOf(DumpedThread thread) {
    StringBuilder path = new StringBuilder();
    List<JavaFrame> frames = thread.frames();
    for (int at = frames.size() - 1; at >= 0; at--) {
      String name = frames.get(at).method().name();
      switch (name) {
        case "stays", "moves", "first", "park", "parkNanos", "acquire", "await" ->
            path.append(name).append(' ');
        case "either" -> path.append(frames.get(at).line()).append(' ');
        default -> {}
      }
    }
    return path.append(thread.state().state()).toString();
  }

  private static void warmUp() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < WARM_THREADS; thread++) {
      threads.add((Thread) start.invoke(null, (Runnable) () -> new Walker().warmUp()));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    isWarm = true;
  }

  /** A thread that waits at the end of one path after the other. */
  private static final class Walker {
    final boolean moves;
    private final int way;
    private final Thread thread;
    private volatile int goal;
    private volatile int waitsAt = -1;

    /** One that never waits for long. */
    Walker() {
      moves = false;
      way = 0;
      thread = Thread.currentThread();
    }

    Walker(boolean moves, int way, int path) throws ReflectiveOperationException {
      this.moves = moves;
      this.way = way;
      goal = path;
      thread = (Thread) start.invoke(null, (Runnable) this::walk);
    }

    private void warmUp() {
      for (int round = 0; round < WARM_ROUNDS; round++) {
        stays();
        moves();
      }
    }

    private void walk() {
      if (moves) {
        moves();
      } else {
        stays();
      }
    }

    void goOn() {
      goal = (goal + 1) % PATHS;
      if (way > ACQUIRE) {
        synchronized (this) {
          notifyAll();
        }
      }
      LockSupport.unpark(thread);
    }

    boolean isThere() {
      Thread.State state = thread.getState();
      return waitsAt == goal && state != Thread.State.RUNNABLE && state != Thread.State.NEW;
    }

    private int moves() {
      return pad(PADDING) + 1;
    }

    private int stays() {
      return pad(PADDING) + 2;
    }

    /** These frames stay where they are while the thread moves. */
    private int pad(int frames) {
      return (frames == 0 ? wander() : pad(frames - 1)) + 1;
    }

    private int wander() {
      int sum = 0;
      for (int path = 0; isWarm || path < PATHS; path++) {
        int next = isWarm ? goal : path;
        sum += step(next, next, STEPS);
      }
      return sum;
    }

    private int step(int path, int rest, int steps) {
      if (steps == 0) {
        return waitAt(path) + 1;
      }
      return switch (rest % CHOICES) {
        case 0 -> first(path, rest / CHOICES, steps - 1) + 1;
        case 1 -> either(path, rest / CHOICES, steps - 1, true) + 2;
        default -> either(path, rest / CHOICES, steps - 1, false) + 3;
      };
    }

    private int first(int path, int rest, int steps) {
      return step(path, rest, steps) + 1;
    }

    /** One method, two lines. */
    private int either(int path, int rest, int steps, boolean isUpper) {
      if (isUpper) {
        return step(path, rest, steps) + 1;
      }
      return step(path, rest, steps) + 1;
    }

    private int waitAt(int path) {
      if (!isWarm) {
        if (path % 64 == 0) {
          LockSupport.parkNanos(1);
        }
        return path;
      }
      switch (way) {
        case 0 -> park(path);
        case 1 -> parkNanos(path);
        case ACQUIRE -> acquire(path);
        default -> await(path);
      }
      return path;
    }

    private void park(int path) {
      while (goal == path) {
        waitsAt = path;
        LockSupport.park();
      }
    }

    private void parkNanos(int path) {
      while (goal == path) {
        waitsAt = path;
        LockSupport.parkNanos(3_600_000_000_000L);
      }
    }

    private void acquire(int path) {
      waitsAt = path;
      synchronized (MONITOR) {
        waitsAt = -1;
      }
    }

    private void await(int path) {
      synchronized (this) {
        while (goal == path) {
          waitsAt = path;
          try {
            wait();
          } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts", e);
          }
        }
      }
    }
  }
}
