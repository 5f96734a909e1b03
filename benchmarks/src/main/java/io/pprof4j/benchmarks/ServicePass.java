// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapStatistics;
import io.pprof4j.capture.ProfileSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Does a fixed amount of what a small service does, and tells its CPU time: text from and to maps.
 * The same in Go is {@code benchmarks/service.go}. Profilers of others are given to the JVM as
 * agents; see {@code benchmarks/overhead.sh}.
 */
public final class ServicePass {
  private ServicePass() {}

  /** Arguments: requests; {@code none}, {@code heap}, {@code cpu} or {@code all}. */
  public static void main(String[] args) throws Exception {
    int requests = Integer.parseInt(args[0]);
    String mode = args[1];
    boolean sampling = mode.equals("heap") || mode.equals("all");
    if (sampling) {
      HeapSampler.get().start(HeapOptions.defaults().withCpuBudget(0));
    }
    if (mode.equals("cpu") || mode.equals("all")) {
      Thread reader = new Thread(ServicePass::readCpu, "reader");
      reader.setDaemon(true);
      reader.start();
    }
    serve(requests / 4); // compiled by now
    Duration before = cpu();
    long sum = serve(requests);
    double seconds = cpu().minus(before).toNanos() / 1e9;
    System.out.printf(Locale.ROOT, "%.3f s of CPU time (%d)%n", seconds, sum);
    if (sampling) {
      HeapStatistics statistics = HeapSampler.get().statistics();
      System.err.printf(
          "%d samples, %d ns each%n", statistics.samples(), statistics.nanosPerSample());
    }
    System.exit(0);
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  /** As a continuous profiler does: one window after the other. */
  private static void readCpu() {
    ProfileSource cpu = Captures.ofThisJvm().find("profile").orElseThrow();
    try {
      while (true) {
        cpu.capture(CaptureRequest.window(Duration.ofSeconds(10)).withHz(100));
      }
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static long serve(int requests) {
    long sum = 0;
    for (int request = 0; request < requests; request++) {
      sum += answer(text(order(request))).length();
    }
    return sum;
  }

  private static Map<String, String> order(int number) {
    Map<String, String> order = new LinkedHashMap<>();
    for (int field = 0; field < 40; field++) {
      order.put("field" + field, Integer.toString(number * 31 + field));
    }
    return order;
  }

  private static String text(Map<String, String> order) {
    StringBuilder text = new StringBuilder("{");
    order.forEach(
        (key, value) -> text.append('"').append(key).append("\":").append(value).append(','));
    return text.append('}').toString();
  }

  private static String answer(String text) {
    long total = 0;
    for (String pair : text.substring(1, text.length() - 1).split(",", -1)) {
      int colon = pair.indexOf(':');
      total += colon < 0 ? 0 : Long.parseLong(pair.substring(colon + 1));
    }
    return "{\"total\":" + total + "}";
  }
}
