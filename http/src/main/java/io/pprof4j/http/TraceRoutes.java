// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import io.pprof4j.capture.CaptureBusyException;
import io.pprof4j.capture.Tracer;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;

/** The recordings of the flight recorder: of the time to come, and of the past. */
final class TraceRoutes {
  private static final double TRACE_SECONDS = 1;
  private static final double PAST_SECONDS = 60;
  private static final double MOST_PAST_SECONDS = 86_400;

  private final Tracer tracer;
  private final Windows windows;

  TraceRoutes(Tracer tracer, Windows windows) {
    this.tracer = tracer;
    this.windows = windows;
  }

  /** Records for {@code seconds}, which may be a fraction; what is no positive number means 1. */
  void trace(Query query, PprofExchange exchange, Response response)
      throws IOException, InterruptedException, HttpError {
    Duration duration = windows.limited(seconds(query, TRACE_SECONDS));
    response.attachment("trace");
    if (exchange.method().equals("HEAD")) {
      return;
    }
    // A recording has no room for signs of life, so only a server that notices can tell us.
    Vigil vigil = windows.open(exchange, () -> {});
    try {
      tracer.record(duration, response);
    } catch (CaptureBusyException e) {
      throw HttpError.later("Could not enable tracing: " + e.getMessage(), 1);
    } catch (ClientGoneException e) {
      throw e;
    } catch (IOException e) {
      throw HttpError.of(500, "Could not enable tracing: " + e.getMessage());
    } finally {
      windows.close(vigil);
    }
  }

  /** Answers with the past {@code seconds}, at once. */
  void past(Query query, PprofExchange exchange, Response response) throws IOException, HttpError {
    Duration past = duration(Math.min(seconds(query, PAST_SECONDS), MOST_PAST_SECONDS));
    response.attachment("flightrecorder");
    if (exchange.method().equals("HEAD")) {
      return;
    }
    try {
      tracer.past(past, response);
    } catch (ClientGoneException e) {
      throw e;
    } catch (IOException e) {
      throw HttpError.of(500, "Could not enable tracing: " + e.getMessage());
    }
  }

  private static double seconds(Query query, double otherwise) {
    OptionalDouble seconds = GoNumbers.parseFloat(query.get("seconds"));
    return seconds.isPresent() && seconds.getAsDouble() > 0 ? seconds.getAsDouble() : otherwise;
  }

  static Duration duration(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
