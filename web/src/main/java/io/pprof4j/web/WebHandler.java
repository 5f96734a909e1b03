// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers requests: which address means what, and what every answer has in common. */
final class WebHandler {
  private static final String UI = "/ui/";

  /** What keeps other sites and old browsers from making use of our answers. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cache-Control", "no-store");

  private final WebSession session;
  private final RequestGuard guard;
  private final StaticFiles files = new StaticFiles();
  private final Views views;
  private final Pages pages;
  private final Settings settings;
  private final Exports exports;

  WebHandler(WebSession session, RequestGuard guard, Views views) {
    this.session = session;
    this.guard = guard;
    this.settings = new Settings(session.settings());
    this.views = views;
    this.pages = new Pages(session, files, settings, guard.token());
    this.exports = new Exports(session, views);
  }

  /** Answers one request. */
  WebResponse answer(WebRequest request) {
    WebResponse response = guard.refuse(request).orElseGet(() -> unguarded(request));
    for (Map.Entry<String, String> header : HEADERS.entrySet()) {
      if (!response.headers().containsKey(header.getKey())) {
        response = response.with(header.getKey(), header.getValue());
      }
    }
    return response;
  }

  private WebResponse unguarded(WebRequest request) {
    try {
      return route(request);
    } catch (ReportException mistake) {
      String message = String.valueOf(mistake.getMessage());
      session.context().warnings().accept(message);
      return request.isNavigation()
          ? pages.mistake(request, message)
          : WebResponse.error(400, message);
    } catch (IOException | RuntimeException failure) {
      session.context().warnings().accept("cannot answer " + request.path() + ": " + failure);
      return WebResponse.error(500, "internal error: " + failure);
    }
  }

  private WebResponse route(WebRequest request) throws ReportException, IOException {
    String path = request.path();
    if (path.equals("/ui")) {
      return goToDirectory(request);
    }
    if (!path.startsWith(UI)) {
      return WebResponse.redirect(307, "/ui" + request.querySuffix());
    }
    if (path.equals(UI)) {
      return open(request);
    }
    return page(request, path.substring(UI.length()));
  }

  /** Words and markup are those of Go's ServeMux. */
  private static WebResponse goToDirectory(WebRequest request) {
    String location = UI + request.querySuffix();
    WebResponse redirect = WebResponse.redirect(307, location);
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return redirect;
    }
    String body = "<a href=\"" + Markup.escape(location) + "\">Temporary Redirect</a>.\n\n";
    return new WebResponse(307, redirect.headers(), Markup.encode(body))
        .with("Content-Type", "text/html; charset=utf-8");
  }

  private WebResponse open(WebRequest request) {
    if (!guard.opens(request)) {
      return WebResponse.redirect(301, "flamegraph" + request.querySuffix());
    }
    String query = request.parameters().without("t").link();
    return WebResponse.redirect(301, "flamegraph" + (query.equals("?") ? "" : query))
        .with("Set-Cookie", guard.cookie());
  }

  private WebResponse page(WebRequest request, String path) throws ReportException, IOException {
    for (View view : View.values()) {
      if (path.equals(view.path())) {
        return view(request, view);
      }
    }
    return switch (path) {
      case "flamegraph2", "flamegraphold" ->
          WebResponse.redirect(301, "flamegraph" + request.querySuffix());
      case "download" -> exports.original();
      case "export" -> exports.export(request.parameters());
      case "saveconfig" -> saveConfig(request);
      case "deleteconfig" -> deleteConfig(request);
      default -> other(request, path);
    };
  }

  private WebResponse other(WebRequest request, String path) throws ReportException, IOException {
    if (path.startsWith("api/")) {
      Optional<WebResponse> data =
          views.data(path.substring("api/".length()), request.parameters());
      if (data.isPresent()) {
        return data.get();
      }
    }
    return files.find(path).orElseGet(() -> WebResponse.error(404, "404 page not found"));
  }

  private WebResponse view(WebRequest request, View view) throws ReportException, IOException {
    return pages.page(request, view, views.render(view, request.parameters()));
  }

  private WebResponse saveConfig(WebRequest request) throws ReportException, IOException {
    Optional<WebResponse> refused = guard.refuseChange(request, Set.of("POST"));
    if (refused.isPresent()) {
      return refused.get();
    }
    Query query = request.parameters();
    ReportOptions options = UrlOptions.apply(session.options(), query);
    settings.save(query.get("config"), options);
    return WebResponse.done();
  }

  private WebResponse deleteConfig(WebRequest request) throws ReportException, IOException {
    Optional<WebResponse> refused = guard.refuseChange(request, Set.of("POST", "DELETE"));
    if (refused.isPresent()) {
      return refused.get();
    }
    settings.delete(request.parameters().get("config"));
    return WebResponse.done();
  }

  /** The content that the profile itself has when it is written to a file. */
  static byte[] bytes(io.pprof4j.profile.Profile profile) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    profile.writeTo(out);
    return out.toByteArray();
  }
}
