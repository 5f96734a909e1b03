// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import io.pprof4j.capture.Captures;
import io.pprof4j.capture.ProfileSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The page that lists the profiles, in the form of Go's net/http/pprof. */
final class IndexPage {
  private static final String STYLE =
      """

      .profile-name{
      	display:inline-block;
      	width:6rem;
      }
      """;

  private static final String DUMP =
      "<a href=\"goroutine?debug=2\">full goroutine stack dump</a>\n<br>\n";

  private record Row(long count, String name, String description) {}

  private IndexPage() {}

  /** What a browser may apply to the page: this style and nothing else. */
  static String contentSecurityPolicy() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(STYLE.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; style-src 'sha256-%s'; frame-ancestors 'none'"
          .formatted(Base64.getEncoder().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The page for the profiles of a JVM and the fixed routes, but those that are hidden. */
  static String of(Captures captures, Set<String> hidden) {
    List<ProfileSource> sources = new ArrayList<>(captures.all());
    // These have no snapshots, and so are not in that list.
    captures.find("profile").ifPresent(sources::add);
    captures.find("wall").ifPresent(sources::add);
    List<Row> rows = new ArrayList<>();
    List<OwnRoute> others = new ArrayList<>();
    for (OwnRoute route : OwnRoute.ALL) {
      if (route.isFirst()) {
        rows.add(new Row(0, route.name(), route.description()));
      } else {
        others.add(route);
      }
    }
    for (ProfileSource source : sources) {
      rows.add(new Row(source.count(), source.name(), source.description()));
    }
    rows.removeIf(row -> hidden.contains(row.name()));
    rows.sort(Comparator.comparing(Row::name));
    StringBuilder page = new StringBuilder();
    page.append("<html>\n<head>\n<title>/debug/pprof/</title>\n<style>")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n/debug/pprof/\n<br>\n")
        .append("<p>Set debug=1 as a query parameter to export in legacy text format</p>\n<br>\n")
        .append("Types of profiles available:\n<table>\n")
        .append("<thead><td>Count</td><td>Profile</td></thead>\n");
    rows.forEach(row -> count(page, row));
    page.append("</table>\n")
        .append(hidden.contains("goroutine") ? "" : DUMP)
        .append("<p>\nProfile Descriptions:\n<ul>\n");
    rows.forEach(row -> description(page, row));
    page.append("</ul>\n</p>\n<p>\nOther routes:\n<ul>\n");
    // After Go's lists, so that those stay as they are.
    for (OwnRoute other : others) {
      if (!hidden.contains(other.name()) && !hidden.contains(other.origin())) {
        other(page, other);
      }
    }
    return page.append("</ul>\n</p>\n</body>\n</html>").toString();
  }

  private static void count(StringBuilder page, Row row) {
    page.append("<tr><td>%d</td><td><a href='".formatted(row.count()))
        .append(Html.escape(UrlPath.relative(row.name())))
        .append("?debug=1'>")
        .append(Html.escape(row.name()))
        .append("</a></td></tr>\n");
  }

  private static void description(StringBuilder page, Row row) {
    page.append("<li><div class=profile-name>")
        .append(Html.escape(row.name()))
        .append(": </div> ")
        .append(Html.escape(row.description()))
        .append("</li>\n");
  }

  private static void other(StringBuilder page, OwnRoute other) {
    page.append(
        "<li><div class=profile-name><a href='%s'>%s</a>: </div> %s</li>\n"
            .formatted(other.name(), other.name(), Html.escape(other.description())));
  }
}
