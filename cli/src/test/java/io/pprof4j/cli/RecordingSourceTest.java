// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings as sources of the command, found by their content. */
class RecordingSourceTest {
  private static final Path DATA =
      Path.of("..", "jfr", "src", "test", "resources", "io", "pprof4j", "jfr");

  @TempDir private Path folder;

  private String output = "";
  private String errors = "";

  // By "jfr summary": 143 samples of 10 ms; 145 that say their period; 211 of 5 ms.
  @ParameterizedTest
  @CsvSource({
    "jdk17, Total samples = 1.43s",
    "jdk25, Total samples = 1.57s",
    "async-profiler, Total samples = 1055ms"
  })
  void showsCpuTimeFirst(String name, String total) throws IOException {
    int status = run("-top", plain(name).toString());

    assertThat(status).as(errors).isZero();
    assertThat(output).contains("Type: cpu\n", total, "  Work.spin\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-alloc_space", "-sample_index=alloc_space"})
  void showsAnotherKindWhenAsked(String flag) throws IOException {
    int status = run("-top", flag, compressed("jdk25").toString());

    assertThat(status).as(errors).isZero();
    assertThat(output).contains("Type: alloc_space\n").containsPattern("GB .*GB .* Work.allocate");
  }

  @Test
  void comparesARecordingWithAnother() throws IOException {
    int status = run("-top", "-diff_base", plain("jdk17").toString(), plain("jdk25").toString());

    assertThat(status).as(errors).isZero();
    assertThat(output).contains("Work.spin");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesFlameGraphsTheTimesOfSamples(boolean plain) throws IOException {
    Path recording = plain ? plain("jdk25") : compressed("jdk25");

    int status = run("-flame", "-output", "flame.html", recording.toString());

    assertThat(status).as(errors).isZero();
    assertThat(errors).contains("Generating report in flame.html");
    assertThat(dataOf(Files.readString(folder.resolve("flame.html"))))
        .contains("\"type\":\"cpu\"", "\"bucketMillis\":20,", "\"Work.spin\"");
  }

  @Test
  void leavesTimesOutOfOtherReports() throws IOException {
    int status = run("-tags", plain("jdk25").toString());

    assertThat(status).as(errors).isZero();
    assertThat(output).contains("thread: ").doesNotContain("time: ");
  }

  /** The data that a page holds: JSON, compressed with gzip, in Base64. */
  private static String dataOf(String page) throws IOException {
    String mark = "id=\"data\">";
    int start = page.indexOf(mark) + mark.length();
    byte[] packed = Base64.getDecoder().decode(page.substring(start, page.indexOf("<", start)));
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void fetchesARecordingFromAServer() throws Exception {
    byte[] recording = Files.readAllBytes(plain("jdk17"));
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answer(server, recording), "server");
      answering.start();
      int status =
          run("-top", "http://127.0.0.1:%d/debug/pprof/trace".formatted(server.getLocalPort()));
      answering.join();

      assertThat(status).as(errors).isZero();
      assertThat(output).contains("Total samples = 1.43s");
    }
  }

  private static void answer(ServerSocket server, byte[] body) {
    try (Socket socket = server.accept()) {
      BufferedReader request =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
        line = request.readLine();
      }
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void saysWhereARecordingIsCutOff() throws IOException {
    byte[] recording = Files.readAllBytes(plain("jdk17"));
    Path cut = folder.resolve("cut.jfr");
    Files.write(cut, Arrays.copyOf(recording, recording.length / 2));

    int status = run("-top", cut.toString());

    assertThat(status).isNotZero();
    assertThat(errors)
        .contains(
            cut
                + ": parsing recording: a chunk of %d bytes with %d left"
                    .formatted(recording.length, recording.length / 2),
            "at byte 0");
  }

  @Test
  void readsProfilesAndRecordingsWithoutTheFlightRecorder() throws Exception {
    Path training = Path.of("..", "dist", "src", "build", "training.pb.gz").toRealPath();

    String loaded = classesLoaded(training, plain("jdk25"));

    assertThat(loaded).contains("io.pprof4j.cli.Main").doesNotContain("jdk.jfr.");
  }

  private static String classesLoaded(Path... sources) throws IOException, InterruptedException {
    StringBuilder loaded = new StringBuilder();
    for (Path source : sources) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-verbose:class",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "io.pprof4j.cli.Main",
                  "-top",
                  source.toString())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(printed).isZero();
      loaded.append(
          printed
              .lines()
              .filter(line -> line.contains(" source: "))
              .collect(Collectors.joining("\n")));
    }
    return loaded.toString();
  }

  private int run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CliEnvironment environment =
        new CliEnvironment(
            new ByteArrayInputStream(new byte[0]),
            out,
            err,
            Map.of("HOME", folder.toString(), "PPROF_TMPDIR", folder.toString()),
            folder.toAbsolutePath(),
            ZoneOffset.UTC,
            Set.of());
    int status = Cli.run(environment, arguments);
    output = out.toString(StandardCharsets.UTF_8);
    errors = err.toString(StandardCharsets.UTF_8);
    return status;
  }

  private static Path compressed(String name) throws IOException {
    return DATA.resolve(name + ".jfr.gz").toRealPath();
  }

  private Path plain(String name) throws IOException {
    Path file = folder.resolve(name + ".jfr");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(compressed(name)))) {
      Files.copy(in, file);
    }
    return file;
  }
}
