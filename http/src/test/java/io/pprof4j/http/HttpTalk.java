// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Speaks HTTP/1.1 over a plain socket, so that a test may send what no client library would. */
final class HttpTalk {
  private final InetSocketAddress address;

  HttpTalk(InetSocketAddress address) {
    this.address = address;
  }

  /**
   * What came back.
   *
   * @param headers by lower-case name
   * @param latin1 the body without the framing of chunks, a character for each byte
   */
  record Answer(int status, Map<String, String> headers, String latin1) {
    /** A header's value, or empty. */
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The body as text. */
    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** The body. */
    byte[] bytes() {
      return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** Host and port. */
  String authority() {
    return "localhost:" + address.getPort();
  }

  Answer get(String target) throws IOException {
    return send("GET", target, Map.of());
  }

  Answer send(String method, String target, Map<String, String> headers) throws IOException {
    return send(method, target, headers, "");
  }

  Answer send(String method, String target, Map<String, String> headers, String body)
      throws IOException {
    try (Socket socket = open(method, target, headers, body)) {
      return read(method, new BufferedInputStream(socket.getInputStream()));
    }
  }

  /** Asks as clients of HTTP/1.0 do, without any header. */
  Answer old(String target) throws IOException {
    try (Socket socket = send("GET " + target + " HTTP/1.0\r\n\r\n")) {
      return read("GET", new BufferedInputStream(socket.getInputStream()));
    }
  }

  /** Sends a request and leaves the answer on the way. */
  Socket open(String method, String target, Map<String, String> headers, String body)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Host", authority());
    all.put("Connection", "close");
    if (!body.isEmpty() || method.equals("POST") || method.equals("PUT")) {
      all.put("Content-Length", Integer.toString(body.length()));
    }
    all.putAll(headers);
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    all.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    request.append("\r\n").append(body);
    return send(request.toString());
  }

  private Socket send(String request) throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  static Answer read(String method, InputStream in) throws IOException {
    String statusLine = line(in);
    if (statusLine.isEmpty()) {
      throw new IOException("no answer");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    byte[] body = method.equals("HEAD") ? new byte[0] : body(headers, in);
    return new Answer(
        Integer.parseInt(statusLine.split(" ", -1)[1]),
        headers,
        new String(body, StandardCharsets.ISO_8859_1));
  }

  private static byte[] body(Map<String, String> headers, InputStream in) throws IOException {
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      return chunks(in);
    }
    String length = headers.get("content-length");
    return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      if (size.isEmpty()) {
        throw new IOException("the body ends in the middle");
      }
      int length = Integer.parseInt(size, 16);
      body.write(in.readNBytes(length));
      line(in);
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int unit = in.read(); unit >= 0 && unit != '\n'; unit = in.read()) {
      line.write(unit);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
