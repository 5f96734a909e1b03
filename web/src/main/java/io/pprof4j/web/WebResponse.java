// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the status code
 * @param headers the headers that this answer has besides those of every answer
 * @param body the content, not compressed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too large to copy
record WebResponse(int status, Map<String, String> headers, byte[] body) {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json";

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
}
