// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.Labels;
import io.pprof4j.capture.ProfileSource;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * Starts child processes and ends while every engine has a window open, and while heap, threads and
 * the past are read. The windows are far longer than a test may take.
 */
public final class EndInMidWindow {
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final List<String> WINDOWS =
      List.of("profile", "wall", "block", "mutex", "threadcreate", "heap", "goroutine");
  private static final List<String> SNAPSHOTS =
      List.of("heap", "goroutine", "block", "threadcreate");
  private static final int CHILDREN = 5;

  private static volatile boolean isEnding;

  private EndInMidWindow() {}

  /** Ends as the argument says: {@code exit}, {@code halt}, {@code return} or by a signal. */
  public static void main(String[] args) throws Exception {
    Captures captures = Captures.ofThisJvm();
    captures.rates().setBlockProfileRate(1);
    captures.rates().setMutexProfileFraction(1);
    List<Thread> open = new ArrayList<>();
    for (String kind : WINDOWS) {
      ProfileSource source = captures.find(kind).orElseThrow();
      open.add(daemon(() -> source.capture(CaptureRequest.window(WINDOW))));
    }
    open.add(
        daemon(
            () -> {
              captures.tracer().record(WINDOW, OutputStream.nullOutputStream());
              return null;
            }));
    CountDownLatch reading = readAll(captures);
    daemon(EndInMidWindow::work);
    for (Thread window : open) {
      awaitSleep(window);
    }
    reading.await();
    System.out.println("open: " + open.size());
    startChildren();
    isEnding = true;
    end(args[0]);
  }

  /** Reads everything again and again; the latch opens when each has been read once. */
  private static CountDownLatch readAll(Captures captures) {
    CountDownLatch reading = new CountDownLatch(SNAPSHOTS.size() + 1);
    for (String kind : SNAPSHOTS) {
      ProfileSource source = captures.find(kind).orElseThrow();
      repeat(reading, () -> source.capture(CaptureRequest.snapshot()));
    }
    repeat(
        reading,
        () -> {
          captures.tracer().past(Duration.ofSeconds(5), OutputStream.nullOutputStream());
          return null;
        });
    return reading;
  }

  private static void repeat(CountDownLatch once, Callable<?> step) {
    daemon(
        () -> {
          while (true) {
            step.call();
            once.countDown();
          }
        });
  }

  /** Something to sample: allocations, labels, threads, a monitor that two want. */
  private static Void work() throws Exception {
    Sites.Site site = new Sites.Site("bytes100", Sites::bytes100, 10_000, 10);
    Object monitor = new Object();
    while (true) {
      Runnable turn =
          () -> {
            synchronized (monitor) {
              Sites.run(site, 1);
            }
          };
      Thread other = new Thread(turn);
      Labels.of("turn", "other").run(other::start);
      turn.run();
      other.join();
    }
  }

  private static void awaitSleep(Thread window) {
    while (!sleepsInWindow(window)) {
      if (!window.isAlive()) {
        throw new IllegalStateException("a window ended: " + window.getName());
      }
      Thread.onSpinWait();
    }
  }

  private static boolean sleepsInWindow(Thread window) {
    List<StackTraceElement> stack = Arrays.asList(window.getStackTrace());
    return stack.stream().anyMatch(frame -> frame.getMethodName().equals("sleep"))
        && stack.stream()
            .anyMatch(
                frame ->
                    frame.getMethodName().equals("capture")
                        || frame.getMethodName().equals("record"));
  }

  private static void startChildren() throws Exception {
    for (int child = 0; child < CHILDREN; child++) {
      int code = new ProcessBuilder("sh", "-c", "exit " + child).start().waitFor();
      if (code != child) {
        throw new IllegalStateException("child " + child + " ended with " + code);
      }
    }
  }

  private static void end(String how) throws Exception {
    switch (how) {
      case "exit" -> System.exit(7);
      case "halt" -> Runtime.getRuntime().halt(7);
      case "return" -> System.out.println("returned");
      default -> {
        String self = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("kill", "-" + how, self).start().waitFor();
        Thread.currentThread().join(); // until the signal has done its work
      }
    }
  }

  private static Thread daemon(Callable<?> work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.call();
              } catch (Exception e) {
                if (!isEnding) { // a JVM takes its flight recorder away when it ends
                  e.printStackTrace();
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
