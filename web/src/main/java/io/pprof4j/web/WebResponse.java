// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An answer.
 *
 * @param status the status code
 * @param headers the headers that this answer has besides those of every answer
 * @param body the content, compressed if a header says so
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too large to copy
record WebResponse(int status, Map<String, String> headers, byte[] body) {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json";
  private static final String ENCODING = "Content-Encoding";

  /** Below this, in bytes, compressing is not worth the work. */
  private static final int LEAST_COMPRESSED = 1024;

  static WebResponse ok(String type, byte[] body) {
    return new WebResponse(200, Map.of("Content-Type", type), body);
  }

  static WebResponse ok(String type, String body) {
    return ok(type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Success, and nothing to say. */
  static WebResponse done() {
    return new WebResponse(200, Map.of(), new byte[0]);
  }

  static WebResponse redirect(int status, String location) {
    return new WebResponse(status, Map.of("Location", location), new byte[0]);
  }

  /** A message as the whole answer, ended as Go's {@code http.Error} ends it. */
  static WebResponse error(int status, String message) {
    return new WebResponse(
        status, Map.of("Content-Type", TEXT), (message + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** A copy with one more header. */
  WebResponse with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new WebResponse(status, all, body);
  }

  /** A copy that is a file to be kept rather than a page. */
  WebResponse asFile(String name) {
    return with("Content-Disposition", "attachment;filename=" + name);
  }

  /** Whether the content is worth to be compressed. */
  boolean isCompressible() {
    String type = headers.getOrDefault("Content-Type", "");
    return body.length >= LEAST_COMPRESSED
        && !isCompressed()
        && (type.startsWith("text/") || type.contains("json") || type.contains("svg"));
  }

  boolean isCompressed() {
    return headers.containsKey(ENCODING);
  }

  /** The same with its content compressed, if that is worth the work. */
  WebResponse compressed() throws IOException {
    if (!isCompressible()) {
      return this;
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 3 + 64);
    try (GZIPOutputStream out = new QuickGzip(compressed)) {
      out.write(body);
    }
    return new WebResponse(status, headers, compressed.toByteArray()).with(ENCODING, "gzip");
  }

  /** Writes the content of an answer. */
  interface Content {
    /** Writes all of it; the stream stays open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Success, with content that is compressed as it is written, so that it is not held twice. */
  static WebResponse compressed(String type, Content content) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new QuickGzip(compressed)) {
      content.writeTo(out);
    }
    return ok(type, compressed.toByteArray()).with(ENCODING, "gzip");
  }

  /**
   * On 12 MB of a large flame graph level 3 takes a third of the time of the default level 6 and
   * sends a quarter more, to a browser that is mostly on the same machine.
   */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(3);
    }
  }

  /** The same for who does not understand compressed content. */
  WebResponse plain() throws IOException {
    if (!isCompressed()) {
      return this;
    }
    Map<String, String> others = new LinkedHashMap<>(headers);
    others.remove(ENCODING);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new WebResponse(status, others, in.readAllBytes());
    }
  }
}
