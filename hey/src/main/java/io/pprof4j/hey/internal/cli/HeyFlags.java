// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import io.pprof4j.flags.BoolFlag;
import io.pprof4j.flags.DurationFlag;
import io.pprof4j.flags.Flag;
import io.pprof4j.flags.FlagSet;
import io.pprof4j.flags.FloatFlag;
import io.pprof4j.flags.IntFlag;
import io.pprof4j.flags.ListFlag;
import io.pprof4j.flags.StringFlag;

/** The flags of the command; the usage text is made of them. */
final class HeyFlags {
  private static final int COLUMN = 6;

  final FlagSet set = new FlagSet("hey");

  final IntFlag requests =
      set.int64("n", 200, "Number of requests to send, exactly. Default is 200.");
  final IntFlag workers =
      set.int64(
          "c",
          50,
          "Number of requests under way at a time, each by a worker of its own.\n"
              + "Must not exceed -n. Default is 50.");
  final FloatFlag workerRate =
      set.float64(
          "q", 0, "Requests per second of each worker. Default is no limit. See also -rate.");
  final DurationFlag duration =
      set.duration(
          "z", 0, "How long to send requests; -n is ignored then. Examples: -z 10s, -z 3m.");
  final StringFlag output =
      set.string(
          "o",
          "",
          """
          Kind of output: csv (one row a request, while it runs), json, hdr
          (percentiles as HdrHistogram writes them), or a Go template over the
          report. Default is a summary.
          """);
  final StringFlag method = set.string("m", "GET", "HTTP method, any. Default is GET.");
  final ListFlag headers =
      set.list("H", "HTTP header as \"Name: value\"; may be repeated, also for one name.");
  final IntFlag timeout =
      set.int64("t", 20, "Seconds that a request may take. Default is 20; 0 is for ever.");
  final StringFlag accept = set.string("A", "", "HTTP Accept header.");
  final StringFlag body = set.string("d", "", "HTTP request body.");
  final StringFlag bodyFile =
      set.string("D", "", "HTTP request body from a file; - is the standard input.");
  final StringFlag contentType =
      set.string("T", "text/html", "Content-Type. Default is \"text/html\".");
  final StringFlag userAgent = set.string("U", "", "User-Agent, put before \"hey/0.0.1\".");
  final StringFlag auth = set.string("a", "", "Basic authentication, username:password.");
  final StringFlag proxy =
      set.string("x", "", "Proxy, as host:port or as a URL (http, https, socks5).");
  final BoolFlag http2 = set.bool("h2", false, "HTTP/2 over TLS, if the server offers it.\n");
  final StringFlag host =
      set.string("host", "", "HTTP Host header, and the name to ask for by TLS.\n");
  final BoolFlag withoutCompression =
      set.bool("disable-compression", false, "Do not ask for compressed responses.");
  final BoolFlag withoutKeepAlive =
      set.bool("disable-keepalive", false, "Make a new connection for each request.");
  final BoolFlag withoutRedirects =
      set.bool("disable-redirects", false, "Take redirects for responses.");
  final IntFlag threads =
      set.int64("cpus", 0, "Number of threads that make load. Default is half of the cores.\n");

  final FloatFlag rate =
      set.float64(
          "rate",
          0,
          "Requests per second in all, due by the clock whatever the server does.\n"
              + "Response times, counted from when each was due, are shown as well.");
  final DurationFlag warmup = set.duration("warmup", 0, "Make load for so long before measuring.");
  final StringFlag urls =
      set.string("urls", "", "File with a URL a line, requested in turn; - is the standard input.");
  final StringFlag failOn =
      set.string(
          "fail-on",
          "",
          "Conditions, of which none may hold, else the exit code is 3.\n"
              + "For example 'p99>50ms,errors>0.1%,rps<1000'.");
  final StringFlag hdrFile =
      set.string("hdr", "", "Write percentiles to a file, as -o hdr prints them.");
  final BoolFlag json = set.bool("json", false, "Same as -o json.");
  final StringFlag profile =
      set.string(
          "profile",
          "",
          "URL of the target or of its /debug/pprof: take CPU, allocation, block and\n"
              + "mutex profiles of it during the run, and show the cost per request.");
  final StringFlag profileDirectory =
      set.string("profile-dir", "hey-profile", "Where to save them. Default is \"hey-profile\".");
  final StringFlag progress =
      set.string(
          "progress", "auto", "Show progress on stderr: always, never, or auto, on a terminal.\n");

  final BoolFlag priorKnowledge =
      set.bool("http2-prior-knowledge", false, "HTTP/2 without negotiation, also without TLS.");
  final BoolFlag insecure =
      set.bool(
          "insecure",
          true,
          "Trust every server. -insecure=false verifies certificates. Default is true.");
  final StringFlag caCertificates =
      set.string("cacert", "", "PEM file of authorities to verify servers by.");
  final StringFlag certificate = set.string("cert", "", "PEM file with a client certificate.");
  final StringFlag key = set.string("key", "", "PEM file with its private key.");
  final BoolFlag proxyFromEnvironment =
      set.bool("proxy-from-env", false, "Use HTTP_PROXY, HTTPS_PROXY and NO_PROXY.");
  final StringFlag unixSocket =
      set.string("unix-socket", "", "Connect to this Unix socket, whatever the URL says.");
  final StringFlag deprecatedHeader = set.string("h", "", "");

  /** The text for those who ask for help or typed something wrong. */
  String usage() {
    StringBuilder out = new StringBuilder("Usage: hey [options...] <url>\n\nOptions:\n");
    int column = COLUMN;
    for (Flag flag : set.flags()) {
      if (flag.usage().isEmpty()) {
        continue;
      }
      // Long names begin in a section of their own, where they have a line for themselves.
      String head = "  -" + flag.name();
      boolean fits = head.length() < column;
      out.append(head)
          .append(fits ? " ".repeat(column - head.length()) : "\n" + " ".repeat(column));
      out.append(flag.usage().strip().replace("\n", "\n" + " ".repeat(column))).append('\n');
      if (flag.usage().endsWith("\n")) {
        out.append('\n');
      }
    }
    return out.toString();
  }
}
