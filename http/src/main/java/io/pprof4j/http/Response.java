// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request. Nothing is sent before the body outgrows a small buffer or is
 * complete, so that until then an error can still take its place. Not safe for several threads.
 */
final class Response extends OutputStream {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String HTML = "text/html; charset=utf-8";
  static final String BINARY = "application/octet-stream";

  /** A body up to this size is sent with its length, as by Go's server. */
  private static final int BUFFER_BYTES = 2048;

  private final PprofExchange exchange;
  private final boolean isHead;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_BYTES);
  private int status = 200;
  private long bytes;
  private @Nullable OutputStream body;

  Response(PprofExchange exchange) {
    this.exchange = exchange;
    this.isHead = exchange.method().equals("HEAD");
    header("X-Content-Type-Options", "nosniff");
    header("Cache-Control", "no-store");
    header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    header("X-Frame-Options", "DENY");
    header("Referrer-Policy", "no-referrer");
    header("Cross-Origin-Resource-Policy", "same-origin");
  }

  void header(String name, String value) {
    headers.put(name, value);
  }

  void contentType(String type) {
    header("Content-Type", type);
  }

  /** Makes the body a file to be saved under a name. */
  void attachment(String name) {
    contentType(BINARY);
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
    header("Content-Disposition", "attachment; filename=\"" + safe + "\"");
  }

  /** Makes this an error, or ends it in the middle when it is too late for that. */
  void fail(HttpError error) throws IOException {
    if (body != null) {
      // Half a gzip stream or text without its end: the client sees that it is not whole.
      return;
    }
    buffer.reset();
    status = error.status();
    headers.remove("Content-Disposition");
    contentType(TEXT);
    error.headers().forEach(this::header);
    print(error.getMessage() + "\n");
  }

  /** Sends the client elsewhere; as Go does, with words for those who asked by GET only. */
  void redirect(String location) throws IOException {
    status = 307;
    header("Location", location);
    String method = exchange.method();
    if (method.equals("GET") || isHead) {
      contentType(HTML);
    }
    if (method.equals("GET")) {
      print("<a href=\"%s\">Temporary Redirect</a>.\n\n".formatted(Html.escape(location)));
    }
  }

  void print(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    bytes += length;
    if (isHead) {
      return;
    }
    if (body == null && buffer.size() + length <= BUFFER_BYTES) {
      buffer.write(source, offset, length);
      return;
    }
    OutputStream out = commit();
    send(() -> out.write(source, offset, length));
  }

  /** Sends what there is so far; from here on no error can take its place. */
  @Override
  public void flush() throws IOException {
    if (!isHead) {
      OutputStream out = commit();
      send(out::flush);
    }
  }

  private OutputStream commit() throws IOException {
    return body == null ? begin(PprofExchange.UNKNOWN_LENGTH) : body;
  }

  /** Sends the headers, and the body as far as there is one. */
  private OutputStream begin(long length) throws IOException {
    send(() -> body = exchange.respond(status, headers, length));
    OutputStream out = requireNonNull(body);
    send(() -> buffer.writeTo(out));
    buffer.reset();
    return out;
  }

  /** Completes the answer. */
  @Override
  public void close() throws IOException {
    OutputStream out = body == null ? begin(length()) : body;
    send(out::close);
  }

  /** The length of the whole body, or for HEAD of what GET would answer, if it is known. */
  private long length() {
    if (!isHead) {
      return buffer.size();
    }
    return bytes > 0 && bytes <= BUFFER_BYTES ? bytes : PprofExchange.UNKNOWN_LENGTH;
  }

  private interface Sending {
    void run() throws IOException;
  }

  /** Tells what goes wrong here from what goes wrong while a profile is taken. */
  private static void send(Sending sending) throws ClientGoneException {
    try {
      sending.run();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  int status() {
    return status;
  }

  /** Size of the body so far. */
  long bytes() {
    return bytes;
  }
}
