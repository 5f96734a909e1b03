// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.profiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pprof4j.hey.Hey;
import io.pprof4j.hey.Report;
import io.pprof4j.hey.TestServer;
import io.pprof4j.hey.internal.print.ReportFields;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TargetProfilerTest {
  private final ByteArrayOutputStream profile = new ByteArrayOutputStream();

  /** A profile of profile.proto with one stack of one function, written field by field. */
  private byte[] profile(String function, String[] types, long[] values) throws Exception {
    profile.reset();
    for (int i = 0; i < types.length; i++) {
      field(1, 0x08, 2 + i, 0x10, 2 + i);
    }
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    sample.writeBytes(new byte[] {0x08, 1});
    for (long value : values) {
      sample.write(0x10);
      varint(sample, value);
    }
    bytes(2, sample.toByteArray());
    field(4, 0x08, 1, 0x22, 2, 0x08, 1);
    field(5, 0x08, 1, 0x10, 1);
    bytes(6, new byte[0]);
    bytes(6, function.getBytes(StandardCharsets.UTF_8));
    for (String type : types) {
      bytes(6, type.getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      profile.writeTo(gzip);
    }
    return zipped.toByteArray();
  }

  private void field(int number, int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      bytes[i] = (byte) content[i];
    }
    bytes(number, bytes);
  }

  private void bytes(int number, byte[] content) {
    profile.write(number << 3 | 2);
    varint(profile, content.length);
    profile.writeBytes(content);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private byte[] answer(TestServer.Request request, long[] served) throws Exception {
    String line = request.line();
    String[] heap = {"alloc_objects", "alloc_space"};
    byte[] body;
    if (line.contains("/debug/pprof/allocs")) {
      long objects = served[0]++ == 0 ? 1000 : 1000 + 30;
      body = profile("Maker.make", heap, new long[] {objects, objects * 16});
    } else if (line.contains("/debug/pprof/profile")) {
      body = profile("Worker.work", new String[] {"samples", "cpu"}, new long[] {5, 5_000_000});
    } else if (line.contains("/debug/pprof/")) {
      return TestServer.response(404, "");
    } else {
      return TestServer.response(200, "x");
    }
    byte[] head = TestServer.raw("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
    byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  @Test
  void dividesWhatTheTargetSpentByTheRequests(@TempDir Path directory) throws Exception {
    long[] served = new long[1];
    TestServer.Handler handler =
        request -> {
          synchronized (served) {
            try {
              return answer(request, served);
            } catch (java.io.IOException e) {
              throw e;
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
        };
    try (TestServer server = TestServer.start(handler)) {
      TargetProfiler profiler = new TargetProfiler("127.0.0.1:" + server.port(), directory, 0);
      Hey hey =
          Hey.builder()
              .url(server.url())
              .requests(10)
              .workers(1)
              .beforeMeasuring(profiler::begin)
              .build();

      Report report = hey.run();
      List<Cost> costs = profiler.end(report);

      assertThat(report.requests()).isEqualTo(10);
      assertThat(costs).extracting(Cost::unit).contains("bytes", "objects");
      Cost bytes = costs.stream().filter(cost -> cost.unit().equals("bytes")).findFirst().get();
      assertThat(bytes.perRequest()).isCloseTo(48, within(0.001));
      assertThat(bytes.top().get(0).function()).isEqualTo("Maker.make");
      assertThat(bytes.top().get(0).percent()).isCloseTo(100, within(0.001));
      assertThat(directory.resolve("allocs.before.pb.gz")).exists();
      assertThat(directory.resolve("allocs.pb.gz")).exists();
      assertThat(profiler.problems()).anyMatch(problem -> problem.startsWith("block: "));
      assertThat(CostPrinter.text(profiler, costs))
          .startsWith("Cost per request, by profiles of http://127.0.0.1:")
          .contains("  Allocated:\t48.00 bytes\n", "100.0%\t48.00 bytes\tMaker.make\n");
      assertThat(ReportFields.json(CostPrinter.fields(profiler, costs)))
          .contains("{\"Name\":\"Allocated\",\"Unit\":\"bytes\",\"PerRequest\":48,\"Top\":[")
          .contains("{\"Function\":\"Maker.make\",\"PerRequest\":48,\"Percent\":100}")
          .contains("\"ProfileProblems\":[\"block: ", "\"SavedProfiles\":[\"");
    }
  }
}
