// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/**
 * One request and the way to answer it: all that {@link PprofEndpoint} needs to know of a web
 * server. An adapter for a framework implements this interface.
 */
public interface PprofExchange {
  /** A body whose length is not known when the headers are sent. */
  long UNKNOWN_LENGTH = -1;

  /** The request's method, as sent: {@code GET}. */
  String method();

  /** Where the endpoint is mounted, without a slash at the end: {@code /debug/pprof}. */
  String mountPath();

  /** The path as it stands in the request, percent-encoded: {@code /debug/pprof/heap}. */
  String path();

  /** The query as it stands in the request, without the question mark; empty if there is none. */
  String query();

  /** The first value of a request header; names are compared without regard to case. */
  Optional<String> header(String name);

  /** The request's body. */
  InputStream body() throws IOException;

  /** The client's address, for the log. */
  String remote();

  /**
   * Sends status and headers; called once. The stream that is returned takes the body; closing it
   * ends the answer. For a {@code HEAD} request, and for an empty body, nothing is written to it.
   *
   * @param length the body's length, for {@code HEAD} that of the body that {@code GET} would
   *     answer, or {@link #UNKNOWN_LENGTH}
   * @throws IOException if the client has gone
   */
  OutputStream respond(int status, Map<String, String> headers, long length) throws IOException;

  /**
   * Asks to be told when the client goes away before it has its answer.
   *
   * @param action called at most once, by any thread
   * @return whether this server notices; if not, the endpoint finds out by writing to the client
   */
  default boolean onDisconnect(Runnable action) {
    return false;
  }
}
