// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import io.pprof4j.profile.Utf8;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Serves the web UI until every view was asked for once, so that the JVM can keep the classes that
 * it needs for faster starts.
 */
final class WebTraining {
  private static final String SERVING = "Serving web UI on ";
  private static final List<String> PAGES =
      List.of(
          "flamegraph", "api/outline", "api/flame", "top", "api/top", "graph", "peek", "source");

  private WebTraining() {}

  /**
   * Serves a profile as {@code pprof -http} does, asks for the pages, and stops serving.
   *
   * @param directory where settings would be
   * @return how many pages were answered
   * @throws IOException if the server cannot be reached
   */
  static int run(Path profile, Path directory) throws IOException {
    try (PipedInputStream said = new PipedInputStream(1 << 16)) {
      PipedOutputStream messages = new PipedOutputStream(said);
      Thread server = new Thread(() -> serve(profile, directory, messages), "pprof-training");
      server.setDaemon(true);
      server.start();
      try {
        return askForPages(address(said));
      } finally {
        server.interrupt();
      }
    }
  }

  private static void serve(Path profile, Path directory, OutputStream messages) {
    CliEnvironment environment =
        new CliEnvironment(
            InputStream.nullInputStream(),
            messages,
            messages,
            Map.of("HOME", directory.toString(), "PPROF_TMPDIR", directory.toString()),
            directory,
            ZoneOffset.UTC,
            Set.of());
    try (messages) {
      Cli.run(
          environment, "-http=localhost:0", "-no_browser", "-symbolize=none", profile.toString());
    } catch (IOException readerIsGone) {
      // What the server says at its end is of no use to anybody.
    }
  }

  private static URI address(InputStream said) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int at = line.indexOf(SERVING);
      if (at >= 0) {
        return URI.create(line.substring(at + SERVING.length()).strip());
      }
    }
    throw new IOException("the web UI did not start");
  }

  private static int askForPages(URI server) throws IOException {
    int answered = 0;
    for (String page : PAGES) {
      answered += ask(server, page).startsWith("HTTP/1.1 200") ? 1 : 0;
    }
    return answered;
  }

  /** Without a client of the JDK, whose classes would be kept as well. */
  private static String ask(URI server, String page) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      String request =
          "GET /ui/"
              + page
              + " HTTP/1.1\r\nHost: "
              + server.getAuthority()
              + "\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(Utf8.encode(request));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** How many pages are asked for. */
  static int pages() {
    return PAGES.size();
  }
}
