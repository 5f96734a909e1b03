// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.util.Locale;
import java.util.Map;

/**
 * A request, as far as anything here depends on it.
 *
 * @param method the method, as sent
 * @param path the path of the target, still escaped
 * @param query the part of the target after the question mark, still escaped; empty if none
 * @param headers the first value of each header, by name in lower case
 * @param local whether it comes from this machine
 */
record WebRequest(
    String method, String path, String query, Map<String, String> headers, boolean local) {
  /** Copies the headers. */
  WebRequest {
    headers = Map.copyOf(headers);
  }

  /** The value of a header; empty if it was not sent. */
  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The parameters of the target. */
  Query parameters() {
    return Query.parse(query);
  }

  /** The question mark and the query; empty if there is none. */
  String querySuffix() {
    return query.isEmpty() ? "" : "?" + query;
  }

  /** Whether a person asked by going to a page, rather than a program or a page's script. */
  boolean isNavigation() {
    return header("accept").contains("text/html");
  }
}
