// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.ProfileSummary;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOptions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The document around every view: head, menus, filters in force, warnings. */
final class Pages {
  private static final int NONCE_BYTES = 16;

  private final WebSession session;
  private final StaticFiles files;
  private final Menus menus;
  private final String token;
  private final SecureRandom random = new SecureRandom();

  Pages(WebSession session, StaticFiles files, Settings settings, String token) {
    this.session = session;
    this.files = files;
    this.menus = new Menus(session, settings);
    this.token = token;
  }

  /**
   * The page of a view.
   *
   * @throws ReportException if the settings of the address do not fit the profile
   */
  WebResponse page(WebRequest request, View view, Rendered rendered) throws ReportException {
    return document(request, view, rendered, 200);
  }

  /** A page that says what is wrong with its address, with the menus that help to change it. */
  WebResponse mistake(WebRequest request, String message) {
    Rendered nothing =
        new Rendered(
            nothing("Nothing can be shown as this address asks."), "", List.of(), List.of(message));
    try {
      return document(request, viewOf(request), nothing, 400);
    } catch (ReportException notEvenMenus) {
      return WebResponse.error(400, message);
    }
  }

  private static View viewOf(WebRequest request) {
    for (View view : View.values()) {
      if (request.path().equals("/ui/" + view.path())) {
        return view;
      }
    }
    return View.FLAME_GRAPH;
  }

  /** A sentence in place of an empty view. */
  static String nothing(String sentence) {
    return "<p class=\"nothing\">"
        + Markup.escape(sentence)
        + "</p>\n<p class=\"nothing\">A filter may have removed everything, or the profile has no"
        + " samples of this type.</p>\n";
  }

  /** Data for a script of the page. */
  static String data(String id, String json) {
    return "<script type=\"application/json\" id=\"" + id + "\">" + json + "</script>\n";
  }

  private WebResponse document(WebRequest request, View view, Rendered rendered, int status)
      throws ReportException {
    byte[] random16 = new byte[NONCE_BYTES];
    random.nextBytes(random16);
    String nonce = Base64.getEncoder().encodeToString(random16);
    StringBuilder out = new StringBuilder(rendered.body().length() + 16_000);
    Query query = request.parameters().without("t");
    String title = title(query);
    head(out, new Head(title, nonce, rendered.style(), view));
    out.append("<body data-view=\"").append(view.path()).append("\">\n");
    out.append("<a class=\"skip\" href=\"#content\">Skip to the content</a>\n");
    menus.header(out, new Menus.Place(view, query, title, rendered.legend()));
    out.append("<div id=\"errors\" role=\"status\">");
    for (String warning : rendered.warnings()) {
      out.append("<div>").append(Markup.escape(warning)).append("</div>");
    }
    out.append("</div>\n<div class=\"stage\">\n<main id=\"content\" tabindex=\"-1\">\n");
    out.append(rendered.body()).append("</main>\n");
    out.append("<aside id=\"labels\" aria-label=\"Labels\" hidden></aside>\n</div>\n");
    out.append("</body>\n</html>\n");
    return new WebResponse(status, java.util.Map.of(), Markup.encode(out.toString()))
        .with("Content-Type", "text/html")
        .with("Content-Security-Policy", policy(nonce));
  }

  /** Browsers run what carries the nonce of this one answer, and load nothing from elsewhere. */
  private static String policy(String nonce) {
    return ("default-src 'none'; script-src 'nonce-%s'; style-src 'nonce-%s'; img-src 'self' data:"
            + " blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
            + " form-action 'self'")
        .formatted(nonce, nonce);
  }

  /** What differs in the heads of pages. */
  private record Head(String title, String nonce, String style, View view) {}

  private void head(StringBuilder out, Head head) {
    String nonce = head.nonce();
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    out.append(Markup.escape(head.title())).append("</title>\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.append("<meta name=\"pprof-token\" content=\"").append(token).append("\">\n");
    out.append("<link rel=\"icon\" href=\"").append(files.link("icon.svg")).append("\">\n");
    String own = head.view() == View.FLAME_GRAPH ? "flame.css" : "views.css";
    for (String sheet : List.of("app.css", own)) {
      out.append("<link rel=\"stylesheet\" nonce=\"").append(nonce).append("\" href=\"");
      out.append(files.link(sheet)).append("\">\n");
    }
    // Before the first paint, or a page in the other theme would flash.
    out.append("<script nonce=\"").append(nonce).append("\" src=\"");
    out.append(files.link("theme.js")).append("\"></script>\n");
    out.append("<script type=\"module\" nonce=\"").append(nonce).append("\" src=\"");
    out.append(files.link("app.js")).append("\"></script>\n");
    if (!head.style().isEmpty()) {
      out.append("<style nonce=\"").append(nonce).append("\">\n").append(head.style());
      out.append("</style>\n");
    }
    out.append("</head>\n");
  }

  /** File and type of the values, as far as the address names a type that there is. */
  private String title(Query query) throws ReportException {
    ReportOptions options = session.options();
    try {
      return title(UrlOptions.apply(options, query));
    } catch (ReportException badAddress) {
      return title(options);
    }
  }

  private String title(ReportOptions options) throws ReportException {
    ReportContext outer = session.context();
    ReportContext silent =
        new ReportContext(outer.sources(), outer.objects(), warning -> {}, outer.zone());
    ProfileSummary summary = ProfileSummary.of(session.profile(), options, silent);
    return (summary.file() + " " + summary.type()).strip();
  }
}
