// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.CommandLine;
import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.ProfileKind;
import io.pprof4j.capture.ProfileSource;
import io.pprof4j.capture.ProfileSource.Ability;
import io.pprof4j.profile.Profile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** What stands behind each name below the mount point. */
final class Routes {
  private static final long CPU_SECONDS = 30;

  /** Text comes in very small pieces. */
  private static final int TEXT_BUFFER = 16 << 10;

  private final Captures captures;
  private final Set<String> hidden;
  private final GcPace collections;
  private final Windows windows;
  private final TraceRoutes traces;
  private final ScraperRoutes scrapers;

  Routes(Captures captures, PprofOptions options) {
    this.captures = captures;
    this.hidden = hidden(captures, options);
    this.collections = new GcPace(options);
    this.windows = new Windows(options);
    this.traces = new TraceRoutes(captures.tracer(), windows);
    this.scrapers = new ScraperRoutes(captures, collections, windows);
  }

  /** Under an alias the route is hidden that it stands for; so is every other name of it. */
  private static Set<String> hidden(Captures captures, PprofOptions options) {
    Set<String> hidden = new HashSet<>();
    for (String name : options.hidden()) {
      String route = OwnRoute.answering(name);
      hidden.add(route);
      if (OwnRoute.find(route).isEmpty() && captures.find(route).isEmpty()) {
        System.getLogger(Routes.class.getName())
            .log(
                Level.WARNING,
                "there is no route yet that is called {0}, which is to be hidden",
                name);
      }
    }
    return Set.copyOf(hidden);
  }

  void answer(String requested, PprofExchange exchange, byte[] body, Response response)
      throws IOException, InterruptedException, HttpError {
    String name = route(requested, exchange.method());
    Query query = Query.parse(exchange.query());
    if (hidden.contains(requested)
        || hidden.contains(name)
        || hidden.contains(OwnRoute.origin(name))) {
      throw HttpError.of(404, "Unknown profile");
    }
    switch (name) {
      case "" -> index(response);
      case "cmdline" -> cmdline(response);
      case "symbol" -> symbol(exchange, body, response);
      case "trace" -> traces.trace(query, exchange, response);
      case "flightrecorder" -> traces.past(query, exchange, response);
      case "fgprof" -> scrapers.fgprof(query, exchange, response);
      case "delta_heap", "delta_block", "delta_mutex" ->
          scrapers.delta(name, query, exchange, response);
      default -> {
        ProfileSource source =
            captures.find(name).orElseThrow(() -> HttpError.of(404, "Unknown profile"));
        profile(source, query, exchange, response);
      }
    }
  }

  /**
   * Whether a request asks for symbols. Go's tool takes the last part of a profile's path for its
   * name, and so asks for those of {@code com.acme/connections} at {@code com.acme/symbol}.
   */
  static boolean isSymbol(String path, String method) {
    return path.equals("symbol") || (method.equals("POST") && path.endsWith("/symbol"));
  }

  private static String route(String requested, String method) {
    return isSymbol(requested, method) ? "symbol" : OwnRoute.answering(requested);
  }

  private void index(Response response) throws IOException {
    response.contentType(Response.HTML);
    response.header("Content-Security-Policy", IndexPage.contentSecurityPolicy());
    response.print(IndexPage.of(captures, hidden));
  }

  private static void cmdline(Response response) throws IOException {
    response.contentType(Response.TEXT);
    response.print(String.join("\0", CommandLine.masked()));
  }

  private void symbol(PprofExchange exchange, byte[] body, Response response)
      throws IOException, HttpError {
    boolean isPost = exchange.method().equals("POST");
    String addresses = isPost ? SymbolPage.addresses(body) : exchange.query();
    response.contentType(Response.TEXT);
    StringBuilder text = new StringBuilder();
    SymbolPage.write(captures.addresses(), addresses, new SafeText(text));
    response.print(text.toString());
  }

  private void profile(ProfileSource source, Query query, PprofExchange exchange, Response response)
      throws IOException, InterruptedException, HttpError {
    if (!source.abilities().contains(Ability.SNAPSHOT)) {
      window(source, leniently(query), query, exchange, response);
    } else if (!query.get("seconds").isEmpty()) {
      window(source, strictly(source, query), query, exchange, response);
    } else {
      snapshot(source, query, exchange, response);
    }
  }

  /** The length of a CPU profile: what is no positive number means the default. */
  private Duration leniently(Query query) throws HttpError {
    OptionalLong seconds = GoNumbers.parseInt(query.get("seconds"));
    if (seconds.isEmpty() || seconds.getAsLong() <= 0) {
      return Duration.ofSeconds(Math.min(CPU_SECONDS, windows.longest().toSeconds()));
    }
    return windows.limited((double) seconds.getAsLong());
  }

  /** The length of a delta, checked in Go's order. */
  private Duration strictly(ProfileSource source, Query query) throws HttpError {
    OptionalLong seconds = GoNumbers.parseInt(query.get("seconds"));
    if (seconds.isEmpty() || seconds.getAsLong() <= 0) {
      throw HttpError.of(400, "invalid value for \"seconds\" - must be a positive integer");
    }
    if (!source.abilities().contains(Ability.WINDOW)) {
      throw HttpError.of(400, "\"seconds\" parameter is not supported for this profile type");
    }
    if (query.number("debug") != 0) {
      throw HttpError.of(400, "seconds and debug params are incompatible");
    }
    return windows.limited((double) seconds.getAsLong());
  }

  private void window(
      ProfileSource source,
      Duration duration,
      Query query,
      PprofExchange exchange,
      Response response)
      throws IOException, InterruptedException, HttpError {
    CaptureRequest request = request(duration, query);
    boolean isDelta = source.abilities().contains(Ability.SNAPSHOT);
    response.attachment(isDelta ? source.name() + "-delta" : source.name());
    if (exchange.method().equals("HEAD")) {
      return; // the headers need no collection
    }
    PatientGzip gzip = new PatientGzip(response);
    Profile profile;
    Vigil vigil = windows.open(exchange, gzip::beat);
    try {
      profile = capture(source, request);
    } finally {
      windows.close(vigil);
    }
    gzip.write(profile);
  }

  private static CaptureRequest request(Duration duration, Query query) throws HttpError {
    CaptureRequest request = CaptureRequest.window(duration);
    if (!query.get("hz").isEmpty()) {
      long hz = number(query, "hz", CaptureRequest.MAX_HZ);
      request = request.withHz((int) hz);
    }
    if (!query.get("rate").isEmpty()) {
      request = request.withRate(number(query, "rate", Long.MAX_VALUE));
    }
    return query.get("delta").equals("all") ? request.withDelta(CaptureRequest.Delta.ALL) : request;
  }

  private static long number(Query query, String name, long max) throws HttpError {
    OptionalLong value = GoNumbers.parseInt(query.get(name));
    if (value.isEmpty() || value.getAsLong() < 1 || value.getAsLong() > max) {
      throw HttpError.of(
          400,
          "invalid value for \"%s\" - must be a positive integer, at most %d".formatted(name, max));
    }
    return value.getAsLong();
  }

  private static Profile capture(ProfileSource source, CaptureRequest request)
      throws IOException, InterruptedException, HttpError {
    try {
      return source.capture(request);
    } catch (EngineUnavailableException e) {
      String what =
          source.kind() == ProfileKind.CPU
              ? "Could not enable CPU profiling: "
              : "failed to collect profile: ";
      throw HttpError.of(500, what + e.getMessage());
    }
  }

  private void snapshot(
      ProfileSource source, Query query, PprofExchange exchange, Response response)
      throws IOException, InterruptedException, HttpError {
    boolean isHead = exchange.method().equals("HEAD");
    CaptureRequest request = CaptureRequest.snapshot();
    if (source.kind() == ProfileKind.HEAP && !isHead) {
      request = collections.apply(query, request);
    }
    long debug = query.number("debug");
    if (debug != 0 && source.abilities().contains(Ability.TEXT)) {
      response.contentType(Response.TEXT);
      if (!isHead) {
        text(source, request, debug, response);
      }
      return;
    }
    response.attachment(source.name());
    if (!isHead) {
      new PatientGzip(response).write(capture(source, request));
    }
  }

  private static void text(
      ProfileSource source, CaptureRequest request, long debug, Response response)
      throws IOException, InterruptedException {
    Writer writer =
        new BufferedWriter(new OutputStreamWriter(response, StandardCharsets.UTF_8), TEXT_BUFFER);
    int level = (int) Math.max(Integer.MIN_VALUE, Math.min(debug, Integer.MAX_VALUE));
    source.writeText(request, level, new SafeText(writer));
    // Not flush: it would send what fits the buffer without its length.
    writer.close();
  }
}
