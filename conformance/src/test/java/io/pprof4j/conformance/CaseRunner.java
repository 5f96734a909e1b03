// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.pprof4j.cli.Cli;
import io.pprof4j.cli.CliEnvironment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Runs one case in a fresh working directory and compares everything it left behind. */
final class CaseRunner {
  /** What differed: the report itself, and apart from it the messages. */
  record Outcome(List<String> output, List<String> messages) {}

  private static final String HTTP = "{HTTP}";

  private final Path corpus;
  private final Path scratch;

  CaseRunner(Path corpus, Path scratch) {
    this.corpus = corpus;
    this.scratch = scratch;
  }

  Outcome run(ConformanceCase given) throws IOException {
    Path directory = Files.createTempDirectory(scratch, "case").toRealPath();
    Files.createSymbolicLink(directory.resolve("inputs"), corpus.resolve("inputs"));
    for (String folder : List.of("out", "tmp", "home", "nopath")) {
      Files.createDirectory(directory.resolve(folder));
    }
    List<ConformanceCase.Route> routes = given.http() == null ? List.of() : given.http();
    try (RouteServer server = RouteServer.start(routes, corpus)) {
      return new Run(given, directory, server).compare();
    }
  }

  private final class Run {
    private final ConformanceCase given;
    private final Path directory;
    private final RouteServer server;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> output = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();

    Run(ConformanceCase given, Path directory, RouteServer server) {
      this.given = given;
      this.directory = directory;
      this.server = server;
    }

    Outcome compare() throws IOException {
      String stdin = given.stdin() == null ? "" : given.stdin();
      InputStream in = new ByteArrayInputStream(filled(stdin).getBytes(UTF_8));
      String[] args = given.args().stream().map(this::filled).toArray(String[]::new);
      CliEnvironment environment =
          new CliEnvironment(in, out, err, variables(), directory, ZoneOffset.UTC, Set.of());
      compareExit(Cli.run(environment, args));
      compareStream("stdout", given.expect().stdout(), out.toByteArray(), output);
      compareStream("stderr", given.expect().stderr(), err.toByteArray(), messages);
      compareFiles();
      List<String> requests = given.expect().requests();
      if (requests != null && !requests.equals(server.requests())) {
        output.add("requests: expected " + requests + "\nbut were " + server.requests());
      }
      return new Outcome(output, messages);
    }

    private String filled(String text) {
      return text.replace(HTTP, server.hostAndPort());
    }

    private Map<String, String> variables() {
      return Map.of(
          "TZ", "UTC",
          "HOME", "home",
          "PPROF_TMPDIR", "tmp",
          "TMPDIR", "tmp",
          "PPROF_BINARY_PATH", "nobin",
          "LANG", "C.UTF-8",
          "PATH", directory.resolve("nopath").toString());
    }

    private void compareExit(int exit) {
      String expected = given.expect().exit();
      boolean same = expected.equals("nonzero") ? exit != 0 : Integer.parseInt(expected) == exit;
      if (!same) {
        output.add("exit: expected " + expected + " but was " + exit + "; stderr: " + err);
      }
    }

    private void compareFiles() throws IOException {
      Map<String, String> expected = new TreeMap<>();
      if (given.expect().files() != null) {
        expected.putAll(given.expect().files());
      }
      List<String> written = written();
      if (!written.equals(List.copyOf(expected.keySet()))) {
        output.add("files: expected " + expected.keySet() + " but were " + written);
        return;
      }
      for (String file : written) {
        byte[] bytes = Files.readAllBytes(directory.resolve(file));
        compareStream(file, expected.get(file), bytes, output);
      }
    }

    private List<String> written() throws IOException {
      try (Stream<Path> files = Files.walk(directory)) {
        return files
            .filter(file -> Files.isRegularFile(file))
            .map(file -> directory.relativize(file).toString())
            .sorted()
            .toList();
      }
    }

    private void compareStream(
        String what, String expectedFile, byte[] actual, List<String> differences)
        throws IOException {
      CompareMode mode = given.mode(what);
      byte[] expected =
          expectedFile == null ? new byte[0] : Files.readAllBytes(corpus.resolve(expectedFile));
      byte[] comparable = mode == CompareMode.PROTO ? gunzip(actual) : withPlaceholders(actual);
      String wanted = mode.normalize(expected);
      String found = mode.normalize(comparable);
      if (!wanted.equals(found)) {
        differences.add(what + ": " + Difference.describe(wanted, found));
      }
    }

    private byte[] withPlaceholders(byte[] actual) {
      return new String(actual, ISO_8859_1)
          .replace(server.hostAndPort(), HTTP)
          .replace(directory.toString(), "{CWD}")
          .getBytes(ISO_8859_1);
    }
  }

  private static byte[] gunzip(byte[] bytes) throws IOException {
    if (bytes.length < 2 || bytes[0] != 0x1f || bytes[1] != (byte) 0x8b) {
      return bytes;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }
}
