// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.profile.ValueType;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bar at the top of every page. Every item is a link or a button, so that keys reach it. */
final class Menus {
  private static final Map<String, String> EXPORTS = exports();

  /** What {@code h}, {@code g} and so on mean to people; in the order of the Refine menu. */
  private static final List<ReportOption<String>> REFINEMENTS =
      List.of(
          ReportOption.FOCUS,
          ReportOption.IGNORE,
          ReportOption.HIDE,
          ReportOption.SHOW,
          ReportOption.SHOW_FROM,
          ReportOption.PRUNE_FROM);

  private static final List<ReportOption<?>> SWITCHES =
      List.of(
          ReportOption.CALL_TREE,
          ReportOption.RELATIVE_PERCENTAGES,
          ReportOption.NO_INLINES,
          ReportOption.DROP_NEGATIVE,
          ReportOption.MEAN);

  private final WebSession session;
  private final Settings settings;

  Menus(WebSession session, Settings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * Which page the bar is for.
   *
   * @param view what it shows
   * @param query its parameters
   * @param title its title
   * @param legend lines about the profile
   */
  record Place(View view, Query query, String title, List<String> legend) {}

  private static Map<String, String> exports() {
    Map<String, String> exports = new LinkedHashMap<>();
    exports.put("proto", "Filtered profile (pb.gz)");
    exports.put("html", "Flame graph as HTML");
    exports.put("svg", "Graph as SVG");
    exports.put("png", "Graph as PNG");
    exports.put("dot", "Graph as DOT");
    exports.put("folded", "Folded stacks");
    exports.put("speedscope", "Speedscope");
    exports.put("csv", "Table as CSV");
    exports.put("json", "Table as JSON");
    return exports;
  }

  void header(StringBuilder out, Place place) {
    out.append("<header class=\"bar\">\n");
    out.append("<a class=\"brand\" href=\"./\" title=\"pprof\">pprof</a>\n");
    views(out, place);
    out.append("<div class=\"menus\">\n");
    sample(out, place);
    refine(out, place);
    config(out, place);
    download(out, place);
    out.append(
        "<button type=\"button\" id=\"labels-button\" class=\"plain\" aria-expanded=\"false\"");
    out.append(" aria-controls=\"labels\">Labels</button>\n</div>\n");
    search(out);
    out.append("<div class=\"tools\">\n");
    details(out, place);
    help(out);
    out.append("<button type=\"button\" id=\"keys\" class=\"plain icon\" title=\"Keyboard (?)\"");
    out.append(" aria-label=\"Keyboard shortcuts\">?</button>\n");
    out.append("<button type=\"button\" id=\"theme\" class=\"plain icon\" ");
    out.append("aria-label=\"Switch between light and dark\" title=\"Light or dark\">◐</button>\n");
    out.append("</div>\n</header>\n");
    chips(out, place);
  }

  private static void views(StringBuilder out, Place place) {
    out.append("<nav id=\"view\" aria-label=\"Views\">");
    for (View view : View.values()) {
      out.append("<a href=\"./").append(view.path());
      out.append(Markup.escape(suffix(place.query().without("p").without("all").without("by"))));
      out.append("\" title=\"").append(view.help()).append('"');
      out.append(view == place.view() ? " aria-current=\"page\">" : ">");
      out.append(view.title()).append("</a>");
    }
    out.append("</nav>\n");
  }

  private static String suffix(Query query) {
    String link = query.link();
    return link.equals("?") ? "" : link;
  }

  private static void open(StringBuilder out, String id, String name) {
    out.append("<details class=\"menu\" id=\"").append(id).append("\"><summary>").append(name);
    out.append("</summary>\n<div class=\"submenu\">\n");
  }

  private static void close(StringBuilder out) {
    out.append("</div></details>\n");
  }

  private static void item(
      StringBuilder out, String attributes, String href, String text, boolean chosen) {
    out.append("<a ").append(attributes).append(" href=\"").append(Markup.escape(href));
    out.append('"').append(chosen ? " aria-current=\"true\">" : ">").append(Markup.escape(text));
    out.append("</a>\n");
  }

  private void sample(StringBuilder out, Place place) {
    List<ValueType> types = session.profile().sampleTypes();
    if (types.size() < 2) {
      return;
    }
    int chosen = chosenType(place.query());
    open(out, "sample", "Sample");
    for (int at = 0; at < types.size(); at++) {
      String type = types.get(at).type();
      String id = "id=\"sampletype-" + Markup.escape(type) + "\"";
      item(out, id, place.query().with("si", type).link(), type, at == chosen);
    }
    close(out);
  }

  private int chosenType(Query query) {
    String asked = query.get(ReportOption.SAMPLE_INDEX.urlParameter());
    String selector = asked.isEmpty() ? session.options().get(ReportOption.SAMPLE_INDEX) : asked;
    try {
      return session.profile().sampleTypeIndex(selector);
    } catch (IllegalArgumentException noSuchType) {
      return -1;
    }
  }

  private void refine(StringBuilder out, Place place) {
    open(out, "refine", "Refine");
    out.append("<p class=\"hint\">Acts on the search text, or on what is selected.</p>\n");
    for (ReportOption<String> option : REFINEMENTS) {
      String summary = option.help().lines().findFirst().orElse("");
      out.append("<a class=\"refine\" id=\"").append(option.name().replace('_', '-'));
      out.append("\" data-param=\"").append(option.urlParameter()).append("\" title=\"");
      out.append(Markup.escape(option.help())).append("\" href=\"");
      out.append(Markup.escape(place.query().link())).append("\">");
      out.append(title(option)).append("<small>").append(Markup.escape(summary));
      out.append("</small></a>\n");
    }
    out.append("<hr>\n");
    item(
        out,
        "id=\"reset\" title=\"Show the entire profile\"",
        reset(place.query()),
        "Reset",
        false);
    close(out);
  }

  private static String title(ReportOption<?> option) {
    String name = option.name().replace('_', ' ');
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** Without filters; what is shown of which type stays. */
  private static String reset(Query query) {
    Query kept = query;
    for (ReportOption<?> option : ReportOption.all()) {
      if (isFilter(option)) {
        kept = kept.without(option.urlParameter());
      }
    }
    return kept.link();
  }

  private static boolean isFilter(ReportOption<?> option) {
    return REFINEMENTS.contains(option)
        || List.of(
                ReportOption.TAG_FOCUS,
                ReportOption.TAG_IGNORE,
                ReportOption.TAG_SHOW,
                ReportOption.TAG_HIDE,
                ReportOption.TAG_ROOT,
                ReportOption.TAG_LEAF)
            .contains(option);
  }

  private void config(StringBuilder out, Place place) {
    open(out, "config", "Config");
    choices(out, place, ReportOption.GRANULARITY);
    choices(out, place, ReportOption.SORT);
    out.append("<div class=\"switches\">");
    for (ReportOption<?> option : SWITCHES) {
      toggle(out, place, option);
    }
    toggle(out, place, ReportOption.TRIM);
    out.append("</div>\n<hr>\n<button type=\"button\" id=\"save-config\" class=\"item\">");
    out.append("Save as …</button>\n");
    saved(out, place);
    close(out);
  }

  private void choices(StringBuilder out, Place place, ReportOption<String> option) {
    String now = effective(place.query()).get(option);
    String chosen = now.isEmpty() ? option.choices().get(0) : now;
    out.append("<div class=\"choices\"><span>").append(title(option)).append("</span>");
    for (String choice : option.choices()) {
      item(
          out,
          "data-choice=\"" + choice + "\"",
          place.query().with(option.urlParameter(), choice).link(),
          choice,
          choice.equals(chosen));
    }
    out.append("</div>\n");
  }

  private void toggle(StringBuilder out, Place place, ReportOption<?> option) {
    boolean on = effective(place.query()).text(option).equals("true");
    String link = place.query().with(option.urlParameter(), on ? "f" : "t").link();
    item(
        out,
        "data-switch=\""
            + option.urlParameter()
            + "\" title=\""
            + Markup.escape(option.help())
            + '"',
        link,
        title(option),
        on);
  }

  private ReportOptions effective(Query query) {
    try {
      return UrlOptions.apply(session.options(), query);
    } catch (ReportException badAddress) {
      return session.options();
    }
  }

  private void saved(StringBuilder out, Place place) {
    out.append("<div id=\"configs\">");
    savedItem(out, place, "Default", ReportOptions.defaults());
    try {
      for (Settings.Config config : settings.all()) {
        out.append("<div class=\"saved\">");
        savedItem(out, place, config.name(), config.options());
        deleteButton(out, config.name());
        out.append("</div>\n");
      }
    } catch (ReportException unreadable) {
      out.append("<p class=\"hint\">")
          .append(Markup.escape(String.valueOf(unreadable.getMessage())));
      out.append("</p>");
    }
    out.append("</div>\n");
  }

  private void savedItem(StringBuilder out, Place place, String name, ReportOptions options) {
    String link = UrlOptions.describe(options, place.query()).link();
    boolean chosen =
        link.equals(UrlOptions.describe(effective(place.query()), place.query()).link());
    item(out, "data-config=\"" + Markup.escape(name) + '"', link, name, chosen);
  }

  private static void deleteButton(StringBuilder out, String name) {
    out.append("<button type=\"button\" class=\"delete\" data-config=\"");
    out.append(Markup.escape(name)).append("\" aria-label=\"Delete ");
    out.append(Markup.escape(name)).append("\">✕</button>");
  }

  private static void download(StringBuilder out, Place place) {
    open(out, "download", "Download");
    item(out, "id=\"download-profile\" download", "./download", "Profile (pb.gz)", false);
    Query query = place.query().without("p").without("all");
    EXPORTS.forEach(
        (as, text) -> item(out, "download", "./export" + query.with("as", as).link(), text, false));
    close(out);
  }

  private static void search(StringBuilder out) {
    out.append("<div class=\"search\" role=\"search\"><input id=\"search\" type=\"search\" ");
    out.append("placeholder=\"Search regexp ( / )\" aria-label=\"Search, a regular expression\" ");
    out.append("autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\">");
    out.append("<output id=\"matches\" for=\"search\"></output></div>\n");
  }

  private void details(StringBuilder out, Place place) {
    out.append(
        "<details class=\"menu right\" id=\"details\"><summary title=\"About the profile\">");
    out.append(Markup.escape(place.title()));
    out.append("</summary>\n<div class=\"submenu\" id=\"detailsbox\">\n");
    for (String line : place.legend()) {
      if (!line.contains("https://git.io/")) {
        out.append("<div>").append(Markup.escape(line)).append("</div>\n");
      }
    }
    close(out);
  }

  private void help(StringBuilder out) {
    String url = session.profile().header().docUrl();
    if (url.startsWith("https://") || url.startsWith("http://")) {
      out.append("<a class=\"help\" target=\"_blank\" rel=\"noopener noreferrer\" href=\"");
      out.append(Markup.escape(url)).append("\" title=\"Profile documentation\">Help</a>\n");
    }
  }

  /** What the address filters, each with a link to the page without it. */
  private static void chips(StringBuilder out, Place place) {
    out.append("<div id=\"chips\" aria-label=\"Filters in force\">");
    for (ReportOption<?> option : ReportOption.all()) {
      String parameter = option.urlParameter();
      String value = parameter.isEmpty() ? "" : place.query().get(parameter);
      if (!value.isEmpty() && option != ReportOption.SAMPLE_INDEX) {
        out.append("<span class=\"chip\" data-param=\"").append(parameter).append("\"><b>");
        out.append(option.name().replace('_', ' ')).append("</b> <code>");
        out.append(Markup.escape(value)).append("</code><a href=\"");
        out.append(Markup.escape(place.query().without(parameter).link()));
        out.append("\" aria-label=\"Remove ").append(option.name()).append("\">✕</a></span>\n");
      }
    }
    out.append("</div>\n");
  }
}
