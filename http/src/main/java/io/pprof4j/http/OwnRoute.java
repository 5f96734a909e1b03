// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.util.List;
import java.util.Optional;

/**
 * A route of the endpoint's own, beside those of this JVM's profiles.
 *
 * @param name its name below the mount point
 * @param origin the route that it is another name of, or is made of; its own name if it is neither
 * @param isAlias whether it answers what its origin does
 * @param description what an index says of it
 */
record OwnRoute(String name, String origin, boolean isAlias, String description) {
  static final List<OwnRoute> ALL =
      List.of(
          first(
              "cmdline", "The command line that started this JVM, secrets masked. Costs nothing."),
          first(
              "symbol",
              "Maps given program counters to function names. Counters can be specified in a GET"
                  + " raw query or POST body, multiple counters are separated by '+'."),
          first(
              "trace",
              "A recording of the JDK's flight recorder (JFR), with its default events. You can"
                  + " specify the duration in the seconds GET parameter. After you get the trace"
                  + " file, use the jfr command or JDK Mission Control to investigate the trace."),
          first(
              "flightrecorder",
              "The last seconds of a recording that is always on, as far back as the seconds GET"
                  + " parameter says, at once. Starts with the first request."),
          // Names that Java people look for.
          alias("cpu", "profile"),
          alias("threads", "goroutine"),
          alias("jfr", "trace"),
          made(
              "delta_heap",
              "heap",
              "For scrapers: what was allocated since the same client asked last, as godeltaprof"
                  + " has it. The client GET parameter tells clients apart."),
          made("delta_block", "block", "The same of block."),
          made("delta_mutex", "mutex", "The same of mutex."),
          made("fgprof", "wall", "For scrapers: wall in the form of felixge/fgprof."));

  private static OwnRoute first(String name, String description) {
    return new OwnRoute(name, name, false, description);
  }

  private static OwnRoute alias(String name, String origin) {
    return new OwnRoute(name, origin, true, "Another name of " + origin + ".");
  }

  private static OwnRoute made(String name, String origin, String description) {
    return new OwnRoute(name, origin, false, description);
  }

  /** Whether it is made of no other route. */
  boolean isFirst() {
    return origin.equals(name);
  }

  /** A route by its name; empty for profiles, and for what is none. */
  static Optional<OwnRoute> find(String name) {
    return ALL.stream().filter(route -> route.name().equals(name)).findFirst();
  }

  /** The name of the route that answers a request. */
  static String answering(String requested) {
    return find(requested).filter(OwnRoute::isAlias).map(OwnRoute::origin).orElse(requested);
  }

  /** What a route is another name of, or is made of; the route itself if that is nothing. */
  static String origin(String name) {
    return find(name).map(OwnRoute::origin).orElse(name);
  }
}
