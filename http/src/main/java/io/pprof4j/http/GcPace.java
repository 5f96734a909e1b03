// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import io.pprof4j.capture.CaptureRequest;
import java.util.concurrent.TimeUnit;

/** Keeps {@code gc=1} from becoming a storm of collections. */
final class GcPace {
  private final Pace pace;

  GcPace(PprofOptions options) {
    pace = new Pace(options.gcInterval(), System::nanoTime);
  }

  /**
   * A request that collects garbage first if the query asks for it.
   *
   * @throws HttpError if that was done a moment ago
   */
  CaptureRequest apply(Query query, CaptureRequest request) throws HttpError {
    if (query.number("gc") <= 0) {
      return request;
    }
    long nanos = pace.waitNanos();
    if (nanos > 0) {
      throw HttpError.later(
          "garbage was collected on request a moment ago; try again later or without gc=1",
          TimeUnit.NANOSECONDS.toSeconds(nanos) + 1);
    }
    return request.collectingFirst();
  }
}
