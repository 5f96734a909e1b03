// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pprof4j.cli.Cli;
import io.pprof4j.cli.CliEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command with {@code -http}, running until it is closed. */
final class WebUiRun implements AutoCloseable {
  private static final Pattern SERVING = Pattern.compile("Serving web UI on (http://\\S+)");
  private static final Pattern TOKEN =
      Pattern.compile("<meta name=\"pprof-token\" content=\"([^\"]+)\">");
  private static final long END_MILLIS = 10_000;

  private final Thread command;
  private final URI address;

  /**
   * An answer.
   *
   * @param status the status code
   * @param head status line and headers, as sent
   * @param body the content
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record Answer(int status, String head, byte[] body) {
    String header(String name) {
      Matcher matcher = Pattern.compile("(?im)^" + Pattern.quote(name) + ": (.*)$").matcher(head);
      return matcher.find() ? matcher.group(1).strip() : "";
    }

    String text() {
      return new String(body, UTF_8);
    }
  }

  private WebUiRun(Thread command, URI address) {
    this.command = command;
    this.address = address;
  }

  static WebUiRun start(Path directory, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("-http=localhost:", "-no_browser"));
    all.addAll(arguments);
    PipedInputStream messages = new PipedInputStream(1 << 16);
    PipedOutputStream err = new PipedOutputStream(messages);
    CliEnvironment environment =
        new CliEnvironment(
            new ByteArrayInputStream(new byte[0]),
            OutputStream.nullOutputStream(),
            err,
            Map.of("HOME", directory.resolve("home").toString()),
            directory,
            ZoneOffset.UTC,
            Set.of());
    Thread command = new Thread(() -> run(environment, err, all), "pprof -http");
    command.setDaemon(true);
    command.start();
    Scanner lines = new Scanner(messages, UTF_8);
    String line = lines.findWithinHorizon(SERVING, 0);
    if (line == null) {
      throw new IOException("pprof " + all + " did not serve");
    }
    URI address = URI.create(lines.match().group(1));
    Thread drain = new Thread(() -> lines.forEachRemaining(ignored -> {}), "messages");
    drain.setDaemon(true);
    drain.start();
    return new WebUiRun(command, address);
  }

  private static void run(CliEnvironment environment, OutputStream err, List<String> arguments) {
    try (err) {
      Cli.run(environment, arguments.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request as it is recorded: clients of the JDK refuse some characters in addresses. */
  Answer send(String method, String target, String... headers) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
      boolean named = List.of(headers).stream().anyMatch(header -> header.startsWith("Host: "));
      request.append(named ? "" : "Host: " + address.getAuthority() + "\r\n");
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      request.append("Connection: close\r\n\r\n");
      socket.getOutputStream().write(request.toString().getBytes(UTF_8));
      return answer(socket.getInputStream());
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    byte[] all = in.readAllBytes();
    int end = 0;
    while (!(all[end] == '\r' && all[end + 2] == '\r')) {
      end++;
    }
    byte[] body = new byte[all.length - end - 4];
    System.arraycopy(all, end + 4, body, 0, body.length);
    String head = new String(all, 0, end, UTF_8);
    return new Answer(Integer.parseInt(head.substring(9, 12)), head, body);
  }

  /** The token that our pages send when they change something. */
  String token() throws IOException {
    Matcher token = TOKEN.matcher(send("GET", "/ui/top").text());
    if (!token.find()) {
      throw new IOException("the page has no token");
    }
    return token.group(1);
  }

  /** The address of the server: host and port. */
  String authority() {
    return address.getAuthority();
  }

  @Override
  public void close() {
    command.interrupt();
    try {
      command.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (command.isAlive()) {
      throw new IllegalStateException("the command does not end when it is interrupted");
    }
  }
}
