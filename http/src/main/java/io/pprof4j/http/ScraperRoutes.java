// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.DeltaCursor;
import io.pprof4j.capture.ProfileSource;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Routes that continuous profilers scrape by default although Go itself has none of them: those of
 * grafana/pyroscope-go's godeltaprof and of felixge/fgprof.
 */
final class ScraperRoutes {
  private static final long FGPROF_SECONDS = 30;

  /** The types that fgprof's profiles have. */
  private static final List<ValueType> FGPROF_TYPES =
      List.of(new ValueType("samples", "count"), new ValueType("time", "nanoseconds"));

  private static final int MAX_CLIENT_LENGTH = 128;

  /** Each remembers a profile; the one that came by longest ago is forgotten. */
  private static final int MAX_CURSORS = 24;

  private final Captures captures;
  private final GcPace collections;
  private final Windows windows;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock; in order of the last visit.
  private final LinkedHashMap<Client, DeltaCursor> cursors = new LinkedHashMap<>(32, 0.75f, true);

  private record Client(String profile, String name) {}

  ScraperRoutes(Captures captures, GcPace collections, Windows windows) {
    this.captures = captures;
    this.collections = collections;
    this.windows = windows;
  }

  /** What was added since the same client asked last; its first time, since the start. */
  void delta(String route, Query query, PprofExchange exchange, Response response)
      throws IOException, InterruptedException, HttpError {
    String name = OwnRoute.origin(route);
    ProfileSource source = source(name);
    Client client = new Client(name, client(query, exchange));
    response.attachment(name + ".pprof.gz");
    if (exchange.method().equals("HEAD")) {
      return;
    }
    CaptureRequest request = CaptureRequest.snapshot();
    if (name.equals("heap")) {
      request = collections.apply(query, request);
    }
    Profile profile = cursor(client, source).next(request);
    new PatientGzip(response).write(profile);
  }

  private ProfileSource source(String name) throws HttpError {
    return captures.find(name).orElseThrow(() -> HttpError.of(404, "Unknown profile"));
  }

  /** Who asks: who he says he is, else where he comes from and what tool he uses. */
  private static String client(Query query, PprofExchange exchange) throws HttpError {
    String name = query.get("client");
    if (name.length() > MAX_CLIENT_LENGTH) {
      throw HttpError.of(
          400, "\"client\" is longer than %d characters".formatted(MAX_CLIENT_LENGTH));
    }
    if (!name.isEmpty()) {
      return "named " + name;
    }
    String remote = exchange.remote();
    String host = remote.substring(0, Math.max(0, remote.lastIndexOf(':')));
    String agent = exchange.header("User-Agent").orElse("");
    return host + ' ' + agent.substring(0, Math.min(agent.length(), MAX_CLIENT_LENGTH));
  }

  private DeltaCursor cursor(Client client, ProfileSource source) {
    lock.lock();
    try {
      DeltaCursor cursor = cursors.computeIfAbsent(client, added -> new DeltaCursor(source));
      if (cursors.size() > MAX_CURSORS) {
        cursors.remove(cursors.keySet().iterator().next());
      }
      return cursor;
    } finally {
      lock.unlock();
    }
  }

  /** Elapsed time, in fgprof's form. */
  void fgprof(Query query, PprofExchange exchange, Response response)
      throws IOException, InterruptedException, HttpError {
    CaptureRequest request = CaptureRequest.window(fgprofWindow(query));
    boolean isFolded = query.get("format").equals("folded");
    if (isFolded) {
      response.contentType(Response.TEXT);
    } else {
      response.attachment("fgprof");
    }
    if (exchange.method().equals("HEAD")) {
      return;
    }
    PatientGzip gzip = new PatientGzip(response);
    Profile profile;
    // Text has no room for signs of life, so only a server that notices can tell us.
    Vigil vigil = windows.open(exchange, isFolded ? () -> {} : gzip::beat);
    try {
      profile = source("wall").capture(request);
    } finally {
      windows.close(vigil);
    }
    if (isFolded) {
      profile.writeCollapsedTo(response, 0);
    } else {
      gzip.write(profile.withHeader(header -> header.withSampleTypes(FGPROF_TYPES)));
    }
  }

  private Duration fgprofWindow(Query query) throws HttpError {
    String text = query.get("seconds");
    if (text.isEmpty()) {
      return Duration.ofSeconds(Math.min(FGPROF_SECONDS, windows.longest().toSeconds()));
    }
    OptionalLong seconds = GoNumbers.parseInt(text);
    if (seconds.isEmpty() || seconds.getAsLong() <= 0) {
      throw HttpError.of(400, "invalid value for \"seconds\" - must be a positive integer");
    }
    return windows.limited((double) seconds.getAsLong());
  }
}
