// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code sendjson} in a JVM of its own. */
final class ServiceProcess implements AutoCloseable {
  private static final String STARTED = "listener : Started : Listening on: ";

  private final Process process;
  private final String url;

  private ServiceProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it on a free port, with options for its JVM. */
  static ServiceProcess start(String... jvmOptions) throws IOException {
    Process process = launch(List.of(jvmOptions), "-addr", "localhost:0");
    BufferedReader log = errors(process);
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.startsWith(STARTED)) {
        drain(log);
        return new ServiceProcess(process, line.substring(STARTED.length()));
      }
    }
    throw new IOException("the service did not start");
  }

  /** Starts it anyhow; what it says on stderr can be read. */
  static Process launch(List<String> jvmOptions, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  static BufferedReader errors(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
  }

  private static void drain(BufferedReader log) {
    Thread reader = new Thread(() -> skipAll(log), "service-log");
    reader.setDaemon(true);
    reader.start();
  }

  private static void skipAll(BufferedReader log) {
    try (log) {
      while (log.skip(Long.MAX_VALUE) > 0) {
        // so that the service never waits for a reader
      }
    } catch (IOException e) {
      // the process has ended, and its streams with it
    }
  }

  /** Its address, without a slash at the end. */
  String url() {
    return url;
  }

  int port() {
    return URI.create(url).getPort();
  }

  Process process() {
    return process;
  }

  /** An answer of the service. */
  record Answer(int status, String contentType, String body) {}

  Answer send(String method, String path) throws IOException {
    HttpURLConnection connection = connect(path);
    connection.setRequestMethod(method);
    if (method.equals("POST")) {
      connection.setDoOutput(true);
      connection.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
    }
    int status = connection.getResponseCode();
    String type = String.valueOf(connection.getContentType());
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      String body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(status, type, body);
    }
  }

  InputStream open(String path) throws IOException {
    return connect(path).getInputStream();
  }

  private HttpURLConnection connect(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url + path).toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    return connection;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
