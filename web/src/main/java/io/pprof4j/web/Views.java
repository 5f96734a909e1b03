// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.ProfileSummary;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Makes what pages show, and remembers it. */
final class Views {
  private static final long CACHED_CHARS = 16L << 20;
  private static final long CACHED_BYTES = 32L << 20;

  private static final String FLAME = "flame";

  /** The part of the flame graph that its first picture shows. */
  private static final String OUTLINE = "outline";

  private static final Set<String> DATA = Set.of(FLAME, OUTLINE, "top", "labels");

  private final WebSession session;
  private final ReportCache<Rendered> cache = new ReportCache<>(CACHED_CHARS, Rendered::size);
  private final ReportCache<WebResponse> dataCache =
      new ReportCache<>(CACHED_BYTES, response -> response.body().length);
  private final Map<String, ReentrantLock> making = new ConcurrentHashMap<>();
  private final TopView top;

  Views(WebSession session) {
    this.session = session;
    this.top = new TopView(session.profile());
  }

  /**
   * What a page shows below its frame.
   *
   * @throws ReportException if it cannot be shown as asked
   */
  Rendered render(View view, Query query) throws ReportException, IOException {
    String key = key(view.path(), query);
    Optional<Rendered> kept = cache.find(key);
    if (kept.isPresent()) {
      return kept.get();
    }
    Rendered rendered = make(view, query);
    cache.keep(key, rendered);
    return rendered;
  }

  /** Parameters that are no settings count too: views have some of their own. */
  private static String key(String what, Query query) {
    return what + query.without("t").without("p").link();
  }

  private Rendered make(View view, Query query) throws ReportException, IOException {
    List<String> warnings = new ArrayList<>();
    ViewRequest request = request(query, warnings::add);
    Part part =
        switch (view) {
          case FLAME_GRAPH -> FlameView.page();
          case GRAPH -> GraphView.of(request);
          case TOP -> top.page(request);
          case PEEK -> TextView.peek(request);
          case SOURCE -> SourceView.of(request);
          case DISASSEMBLY -> TextView.disassembly(request);
        };
    List<String> legend =
        part.legend().isEmpty() ? summary(request.options()).labels() : part.legend();
    return new Rendered(part.body(), part.style(), legend, warnings);
  }

  /**
   * What a view makes.
   *
   * @param body markup
   * @param style style sheet of the markup
   * @param legend lines about what is shown; empty for those about the profile
   */
  record Part(String body, String style, List<String> legend) {
    /** A part that only needs the style sheet of all pages. */
    static Part of(String body) {
      return new Part(body, "", List.of());
    }
  }

  /**
   * Data that scripts ask for, as JSON; empty if there is none of that name.
   *
   * @throws ReportException if it cannot be given as asked
   */
  Optional<WebResponse> data(String name, Query query) throws ReportException, IOException {
    if (!DATA.contains(name)) {
      return Optional.empty();
    }
    String key = key(name, query);
    Optional<WebResponse> kept = dataCache.find(key);
    if (kept.isPresent()) {
      return kept;
    }
    // Who asks for what is being made waits for it instead of making it too.
    ReentrantLock lock = making.computeIfAbsent(name, unseen -> new ReentrantLock());
    lock.lock();
    try {
      Optional<WebResponse> madeMeanwhile = dataCache.find(key);
      if (madeMeanwhile.isPresent()) {
        return madeMeanwhile;
      }
      Optional<WebResponse> made = makeData(name, query);
      made.ifPresent(response -> dataCache.keep(key, response));
      return made;
    } finally {
      lock.unlock();
    }
  }

  /** Makes what the first page will ask for, while the browser is starting. */
  void prepare() {
    try {
      data(OUTLINE, Query.parse(""));
    } catch (ReportException | IOException laterSaidInThePage) {
      // The page that asks for it will say what is wrong.
    }
  }

  private Optional<WebResponse> makeData(String name, Query query)
      throws ReportException, IOException {
    ViewRequest request = request(query, warning -> {});
    return switch (name) {
      case FLAME -> Optional.of(FlameView.data(request));
      case OUTLINE -> Optional.of(FlameView.outline(request));
      case "top" -> Optional.of(json(Markup.encode(top.rows(request))));
      case "labels" -> Optional.of(json(Markup.encode(LabelsData.of(request))));
      default -> Optional.empty();
    };
  }

  private static WebResponse json(byte[] text) throws IOException {
    return WebResponse.ok(WebResponse.JSON, text).compressed();
  }

  /**
   * Reads the settings of an address.
   *
   * @param warnings takes what is to be said in the page
   * @throws ReportException if one does not fit
   */
  ViewRequest request(Query query, Consumer<String> warnings) throws ReportException {
    ReportContext outer = session.context();
    Profile profile = session.profile();
    ReportContext context =
        new ReportContext(
            outer.sources(),
            outer.objects(),
            warning -> {
              outer.warnings().accept(warning);
              warnings.accept(warning);
            },
            outer.zone());
    return new ViewRequest(profile, UrlOptions.apply(session.options(), query), context, query);
  }

  /** What the profile is of, with the chosen values. */
  private ProfileSummary summary(ReportOptions options) throws ReportException {
    ReportContext outer = session.context();
    ReportContext silent =
        new ReportContext(outer.sources(), outer.objects(), warning -> {}, outer.zone());
    return ProfileSummary.of(session.profile(), options, silent);
  }
}
