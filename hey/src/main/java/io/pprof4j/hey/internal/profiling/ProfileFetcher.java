// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.profiling;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;

/** Fetches profiles from a target's endpoint. */
final class ProfileFetcher {
  private static final int MAX_BYTES = 1 << 29;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String ENDPOINT = "/debug/pprof";

  private final String base;

  /**
   * Makes a fetcher.
   *
   * @param url the target's root or its endpoint: {@code host:port}, {@code http://host:port}, or
   *     with {@code /debug/pprof}
   * @throws IllegalArgumentException if it is no http URL
   */
  ProfileFetcher(String url) {
    String full = url.contains("://") ? url : "http://" + url;
    URI uri = URI.create(full);
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      throw new IllegalArgumentException("no http URL: " + url);
    }
    String path = full.endsWith("/") ? full.substring(0, full.length() - 1) : full;
    base = path.contains(ENDPOINT) ? path : path + ENDPOINT;
  }

  String base() {
    return base;
  }

  /**
   * Fetches one profile as it is served.
   *
   * @param nameAndQuery for example {@code profile?seconds=5}
   * @param seconds how long the target takes to collect it
   */
  byte[] fetch(String nameAndQuery, long seconds) throws IOException {
    URL url = new URL(base + "/" + nameAndQuery);
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout((int) (seconds * 1000 + PATIENCE_MILLIS));
    try {
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException(url + ": status " + status);
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] bytes = in.readNBytes(MAX_BYTES);
        if (bytes.length == MAX_BYTES) {
          throw new IOException(url + ": the profile exceeds " + MAX_BYTES + " bytes");
        }
        return bytes;
      }
    } finally {
      connection.disconnect();
    }
  }
}
