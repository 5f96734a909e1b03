// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

import io.pprof4j.report.ReportFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table of commands. Names and texts are those of pprof. */
public final class Commands {
  private static final Map<String, Command> TABLE = new TreeMap<>();

  /** The commands that pprof does not have, which its usage text must not show. */
  private static final Map<String, Command> MORE = new TreeMap<>();

  static {
    addPrinted();
    addFiled();
    addPictures();
    addViewers();
    addMore();
  }

  private Commands() {}

  /** The command of that name. */
  public static @Nullable Command named(String name) {
    Command command = TABLE.get(name);
    return command == null ? MORE.get(name) : command;
  }

  /** The commands that pprof does not have, by name. */
  public static Collection<Command> more() {
    return MORE.values();
  }

  /** The commands of pprof, by name. */
  public static Collection<Command> all() {
    return TABLE.values();
  }

  private static void add(Command command) {
    TABLE.put(command.name(), command);
  }

  private static void addPrinted() {
    printed("comments", ReportFormat.COMMENTS, "Output all profile comments", List.of());
    printed(
        "disasm",
        ReportFormat.DISASM,
        "Output assembly listings annotated with samples",
        listUsage("disasm", true));
    printed(
        "dot", ReportFormat.DOT, "Outputs a graph in DOT format", graphUsage("dot", false, true));
    printed(
        "list",
        ReportFormat.LIST,
        "Output annotated source for functions matching regexp",
        listUsage("list", false));
    printed(
        "peek",
        ReportFormat.PEEK,
        "Output callers/callees of functions matching regexp",
        List.of(
            "peek func_regex", "Display callers and callees of functions matching func_regex."));
    printed("raw", ReportFormat.RAW, "Outputs a text representation of the raw profile", List.of());
    printed(
        "tags",
        ReportFormat.TAGS,
        "Outputs all tags in the profile",
        List.of(
            "tags [tag_regex]* [-ignore_regex]* [>file]",
            "List tags with key:value matching tag_regex and exclude ignore_regex."));
    for (String top : List.of("text", "top")) {
      printed(
          top, ReportFormat.TEXT, "Outputs top entries in text form", graphUsage(top, true, true));
    }
    printed("traces", ReportFormat.TRACES, "Outputs all profile samples in text form", List.of());
    printed(
        "tree",
        ReportFormat.TREE,
        "Outputs a text rendering of call graph",
        graphUsage("tree", true, true));
  }

  private static void printed(
      String name, ReportFormat format, String description, List<String> usage) {
    add(Command.printed(name, format, description, usage));
  }

  private static void addFiled() {
    add(
        Command.filed(
            "callgrind",
            ReportFormat.CALLGRIND,
            "callgraph.out",
            "Outputs a graph in callgrind format",
            graphUsage("callgrind", false, true)));
    add(
        Command.filed(
            "proto",
            ReportFormat.PROTO,
            "pb.gz",
            "Outputs the profile in compressed protobuf format",
            List.of()));
    add(
        Command.filed(
            "topproto",
            ReportFormat.TOPPROTO,
            "pb.gz",
            "Outputs top entries in compressed protobuf format",
            List.of()));
  }

  private static void addMore() {
    more("json", ReportFormat.JSON, "Outputs top entries as JSON");
    more("csv", ReportFormat.CSV, "Outputs top entries as comma-separated values");
    more("collapsed", ReportFormat.COLLAPSED, "Outputs one line per stack, root first");
    more("speedscope", ReportFormat.SPEEDSCOPE, "Outputs the stacks for speedscope.app");
    MORE.put(
        "otlp",
        Command.filed(
            "otlp",
            ReportFormat.OTLP,
            "otlp.pb",
            "Outputs the profile as OpenTelemetry's ProfilesData",
            List.of()));
    MORE.put(
        "flame",
        Command.filed(
            "flame",
            ReportFormat.FLAME,
            "html",
            "Outputs a flame graph as a page that needs nothing else",
            graphUsage("flame", false, true)));
    more("markdown", ReportFormat.MARKDOWN, "Outputs top entries as a table in Markdown");
  }

  private static void more(String name, ReportFormat format, String description) {
    MORE.put(name, Command.printed(name, format, description, graphUsage(name, true, true)));
  }

  private static void addPictures() {
    picture("gif", ReportFormat.GIF, "Outputs a graph image in GIF format");
    picture("pdf", ReportFormat.PDF, "Outputs a graph in PDF format");
    picture("png", ReportFormat.PNG, "Outputs a graph image in PNG format");
    picture("ps", ReportFormat.PS, "Outputs a graph in PS format");
    picture("svg", ReportFormat.SVG, "Outputs a graph in SVG format");
  }

  private static void picture(String name, ReportFormat format, String description) {
    add(Command.picture(name, format, description, graphUsage(name, false, true)));
  }

  private static void addViewers() {
    viewer("eog", ReportFormat.SVG, "svg", List.of("eog"), "Visualize graph through eog");
    viewer("evince", ReportFormat.PDF, "pdf", List.of("evince"), "Visualize graph through evince");
    viewer("gv", ReportFormat.PS, "ps", List.of("gv --noantialias"), "Visualize graph through gv");
    viewer("web", ReportFormat.SVG, "svg", List.of(), "Visualize graph through web browser");
    viewer(
        "kcachegrind",
        ReportFormat.CALLGRIND,
        "grind",
        List.of("kcachegrind"),
        "Visualize report in KCachegrind");
    add(
        new Command(
            "weblist",
            ReportFormat.WEBLIST,
            "",
            Output.VIEWER,
            "html",
            List.of(),
            "Display annotated source in a web browser",
            listUsage("weblist", false)));
  }

  private static void viewer(
      String name, ReportFormat format, String suffix, List<String> viewers, String description) {
    String image = format == ReportFormat.CALLGRIND ? "" : suffix;
    List<String> usage = graphUsage(name, false, false);
    add(new Command(name, format, image, Output.VIEWER, suffix, viewers, description, usage));
  }

  private static List<String> graphUsage(String name, boolean cum, boolean redirect) {
    List<String> lines = new ArrayList<>();
    lines.add(
        name
            + " [n] [focus_regex]* [-ignore_regex]*"
            + (cum ? " [-cum]" : "")
            + (redirect ? " >f" : ""));
    lines.add("Include up to n samples");
    lines.add("Include samples matching focus_regex, and exclude ignore_regex.");
    if (cum) {
      lines.add("-cum sorts the output by cumulative weight");
    }
    if (redirect) {
      lines.add("Optionally save the report on the file f");
    }
    return List.copyOf(lines);
  }

  private static List<String> listUsage(String name, boolean redirect) {
    List<String> lines = new ArrayList<>();
    lines.add(
        name + "<func_regex|address> [-focus_regex]* [-ignore_regex]*" + (redirect ? " >f" : ""));
    lines.add("Include functions matching func_regex, or including the address specified.");
    lines.add("Include samples matching focus_regex, and exclude ignore_regex.");
    if (redirect) {
      lines.add("Optionally save the report on the file f");
    }
    return List.copyOf(lines);
  }
}
