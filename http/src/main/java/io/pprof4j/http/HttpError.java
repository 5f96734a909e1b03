// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.util.Map;

/** An answer that is an error: its status and the text for the person who asked. */
final class HttpError extends Exception {
  private static final long serialVersionUID = 1;
  private static final Map<String, String> TO_TOOLS = Map.of("X-Go-Pprof", "1");

  private final int status;
  private final transient Map<String, String> headers;

  private HttpError(int status, String text, Map<String, String> headers) {
    super(text, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  /** An error of ours; its header makes {@code go tool pprof} print the text. */
  static HttpError of(int status, String text) {
    return new HttpError(status, text, TO_TOOLS);
  }

  /** Refuses for now. */
  static HttpError later(String text, long seconds) {
    return new HttpError(
        429, text, Map.of("X-Go-Pprof", "1", "Retry-After", Long.toString(seconds)));
  }

  /** An error that in Go the router answers, before any handler. */
  static HttpError ofRouter(int status, String text, Map<String, String> headers) {
    return new HttpError(status, text, headers);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }
}
