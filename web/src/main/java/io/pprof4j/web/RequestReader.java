// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the head of one HTTP/1.1 request (RFC 9112, sections 3 and 5). */
final class RequestReader {
  private static final int MAX_HEAD = 64 << 10;

  private final InputStream in;
  private final boolean local;
  private final Map<String, String> headers = new HashMap<>();
  private String method = "";
  private String target = "";
  private String version = "";
  private int size;
  private boolean malformed;

  /**
   * Makes a reader.
   *
   * @param in what the client sends
   * @param local whether the client is on this machine
   */
  RequestReader(InputStream in, boolean local) {
    this.in = in;
    this.local = local;
  }

  /** Reads the head; false if there is none, or none that can be understood. */
  boolean read() throws IOException {
    String first = line();
    while (first != null && first.isEmpty()) {
      first = line();
    }
    if (first == null) {
      return false;
    }
    String[] words = first.split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.") || !isTarget(words[1])) {
      malformed = true;
      return false;
    }
    method = words[0];
    target = words[1];
    version = words[2];
    return readHeaders();
  }

  private static boolean isTarget(String text) {
    return text.startsWith("/") && text.chars().noneMatch(c -> c < ' ' || c == 0x7F);
  }

  private boolean readHeaders() throws IOException {
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        return true;
      }
      int colon = line.indexOf(':');
      if (colon <= 0) {
        malformed = true;
        return false;
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      boolean again = headers.putIfAbsent(name, line.substring(colon + 1).strip()) != null;
      if (again && (name.equals("host") || name.equals("content-length"))) {
        malformed = true;
        return false;
      }
    }
    return false;
  }

  /** A line without its end; null at the end of the input, or if the head is too long. */
  private @org.jspecify.annotations.Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(c);
      if (++size > MAX_HEAD) {
        malformed = true;
        return null;
      }
    }
    return null;
  }

  /** Whether there was something that is no request. */
  boolean isMalformed() {
    return malformed;
  }

  WebRequest request() {
    int mark = target.indexOf('?');
    return new WebRequest(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        headers,
        local);
  }

  /** Whether the client will send more requests, and it is known where this one ends. */
  boolean keepsOpen() {
    String wish = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    boolean stays = version.equals("HTTP/1.0") ? wish.equals("keep-alive") : !wish.equals("close");
    return stays && !headers.containsKey("transfer-encoding") && bodyLength() >= 0;
  }

  /** How many bytes follow the head; negative if the client does not say it as it should. */
  long bodyLength() {
    String length = headers.getOrDefault("content-length", "0");
    return length.matches("[0-9]{1,15}") ? Long.parseLong(length) : -1;
  }
}
