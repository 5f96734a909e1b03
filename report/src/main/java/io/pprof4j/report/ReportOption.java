// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static java.util.Objects.requireNonNull;

import io.pprof4j.report.internal.text.GoText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One setting of a report: a row of the table that command-line flags, shell variables, URL
 * parameters and the settings file are all made from. Names, defaults and texts are those of pprof.
 *
 * @param <T> type of the value: {@link String}, {@link Long}, {@link Double} or {@link Boolean}
 */
public final class ReportOption<T> {
  private static final Map<String, ReportOption<?>> TABLE = new LinkedHashMap<>();

  /** File to write to; empty for standard output. */
  public static final ReportOption<String> OUTPUT =
      text("output", "").help("Output filename for file-based outputs\n").add();

  /** Whether functions reached on different paths are different nodes. */
  public static final ReportOption<Boolean> CALL_TREE =
      flag("call_tree", false)
          .url("calltree")
          .saved()
          .help(
              """
              Create a context-sensitive call tree
              Treat locations reached through different paths as separate.
              """)
          .add();

  /** Whether percentages are of the filtered profile. */
  public static final ReportOption<Boolean> RELATIVE_PERCENTAGES =
      flag("relative_percentages", false)
          .url("rel")
          .saved()
          .help(
              """
              Show percentages relative to focused subgraph
              If unset, percentages are relative to full graph before focusing
              to facilitate comparison with original graph.
              """)
          .add();

  /** Unit of the values shown; {@code minimum} and {@code auto} choose one. */
  public static final ReportOption<String> UNIT =
      text("unit", "minimum")
          .url("unit")
          .saved()
          .help(
              """
              Measurement units to display
              Scale the sample values to this unit.
              For time-based profiles, use seconds, milliseconds, nanoseconds, etc.
              For memory profiles, use megabytes, kilobytes, bytes, etc.
              Using auto will scale each value independently to the most natural unit.
              """)
          .add();

  /** Whether text reports leave out the lines that describe the profile. */
  public static final ReportOption<Boolean> COMPACT_LABELS =
      flag("compact_labels", false).url("compact").saved().help("Show minimal headers").add();

  /** Directories to search for sources, separated as the system separates paths. */
  public static final ReportOption<String> SOURCE_PATH =
      text("source_path", "").help("Search path for source files").add();

  /** Prefixes to cut off recorded file names, separated as the system separates paths. */
  public static final ReportOption<String> TRIM_PATH =
      text("trim_path", "").help("Path to trim from source paths before search").add();

  /** Whether x86 assembly is shown in Intel's syntax. */
  public static final ReportOption<Boolean> INTEL_SYNTAX =
      flag("intel_syntax", false)
          .url("intel")
          .saved()
          .help(
              """
              Show assembly in Intel syntax
              Only applicable to commands `disasm` and `weblist`
              """)
          .add();

  /** Whether values are averages over the first value of each sample. */
  public static final ReportOption<Boolean> MEAN =
      flag("mean", false)
          .url("mean")
          .saved()
          .help(
              """
              Average sample value over first value (count)
              For memory profiles, report average memory per allocation.
              For time-based profiles, report average time per event.
              """)
          .add();

  /** Index or name of the value column to report; empty for the profile's default. */
  public static final ReportOption<String> SAMPLE_INDEX =
      text("sample_index", "")
          .url("si")
          .help(
              """
              Sample value to report (0-based index or name)
              Profiles contain multiple values per sample.
              Use sample_index=i to select the ith value (starting at 0).
              """)
          .add();

  /** Number that all values are divided by. */
  public static final ReportOption<Double> DIVIDE_BY =
      real("divide_by", 1)
          .help(
              """
              Ratio to divide all samples before visualization
              Divide all samples values by a constant, eg the number of processors or jobs.
              """)
          .add();

  /** Whether the profile is scaled to the totals of its base. */
  public static final ReportOption<Boolean> NORMALIZE =
      flag("normalize", false)
          .url("norm")
          .saved()
          .help("Scales profile based on the base profile.\n")
          .add();

  /** {@code flat} or {@code cum}. */
  public static final ReportOption<String> SORT =
      text("sort", "flat")
          .choice("cum", "Sort entries based on cumulative weight\n")
          .choice("flat", "Sort entries based on own weight\n")
          .url("sort")
          .saved()
          .add();

  /** Label keys, separated by commas, whose values become frames at the root. */
  public static final ReportOption<String> TAG_ROOT =
      text("tagroot", "")
          .url("tr")
          .saved()
          .help(
              """
              Adds pseudo stack frames for labels key/value pairs at the callstack root.
              A comma-separated list of label keys.
              The first key creates frames at the new root.
              """)
          .add();

  /** Label keys, separated by commas, whose values become frames at the leaf. */
  public static final ReportOption<String> TAG_LEAF =
      text("tagleaf", "")
          .url("tl")
          .saved()
          .help(
              """
              Adds pseudo stack frames for labels key/value pairs at the callstack leaf.
              A comma-separated list of label keys.
              The last key creates frames at the new leaf.
              """)
          .add();

  /** Whether nodes and edges below zero are dropped. */
  public static final ReportOption<Boolean> DROP_NEGATIVE =
      flag("drop_negative", false)
          .url("dropneg")
          .saved()
          .help(
              """
              Ignore negative differences
              Do not show any locations with values <0.
              """)
          .add();

  /** How many nodes to show at most; 0 or less for all, -1 for the report's own default. */
  public static final ReportOption<Long> NODE_COUNT =
      integer("nodecount", -1)
          .url("n")
          .saved()
          .help(
              """
              Max number of nodes to show
              Uses heuristics to limit the number of locations to be displayed.
              On graphs, dotted edges represent paths through nodes that have been removed.
              """)
          .add();

  /** Share of the total below which a node is dropped. */
  public static final ReportOption<Double> NODE_FRACTION =
      real("nodefraction", .005).url("nf").saved().help("Hide nodes below <f>*total").add();

  /** Share of the total below which an edge is dropped. */
  public static final ReportOption<Double> EDGE_FRACTION =
      real("edgefraction", .001).url("ef").saved().help("Hide edges below <f>*total").add();

  /** Whether node count and fractions are honoured. */
  public static final ReportOption<Boolean> TRIM =
      flag("trim", true)
          .url("trim")
          .saved()
          .help(
              """
              Honor nodefraction/edgefraction/nodecount defaults
              Set to false to get the full profile, without any trimming.
              """)
          .add();

  /** Regular expression that a sample must match to stay. */
  public static final ReportOption<String> FOCUS =
      text("focus", "")
          .url("f")
          .saved()
          .help(
              """
              Restricts to samples going through a node matching regexp
              Discard samples that do not include a node matching this regexp.
              Matching includes the function name, filename or object name.
              """)
          .add();

  /** Regular expression that a sample must not match to stay. */
  public static final ReportOption<String> IGNORE =
      text("ignore", "")
          .url("i")
          .saved()
          .help(
              """
              Skips paths going through any nodes matching regexp
              If set, discard samples that include a node matching this regexp.
              Matching includes the function name, filename or object name.
              """)
          .add();

  /** Regular expression of frames below which all frames are dropped. */
  public static final ReportOption<String> PRUNE_FROM =
      text("prune_from", "")
          .url("prunefrom")
          .saved()
          .help(
              """
              Drops any functions below the matched frame.
              If set, any frames matching the specified regexp and any frames
              below it will be dropped from each sample.
              """)
          .add();

  /** Regular expression of frames to leave out. */
  public static final ReportOption<String> HIDE =
      text("hide", "")
          .url("h")
          .saved()
          .help(
              """
              Skips nodes matching regexp
              Discard nodes that match this location.
              Other nodes from samples that include this location will be shown.
              Matching includes the function name, filename or object name.
              """)
          .add();

  /** Regular expression of the only frames to show. */
  public static final ReportOption<String> SHOW =
      text("show", "")
          .url("s")
          .saved()
          .help(
              """
              Only show nodes matching regexp
              If set, only show nodes that match this location.
              Matching includes the function name, filename or object name.
              """)
          .add();

  /** Regular expression of frames above which all frames are dropped. */
  public static final ReportOption<String> SHOW_FROM =
      text("show_from", "")
          .url("sf")
          .saved()
          .help(
              """
              Drops functions above the highest matched frame.
              If set, all frames above the highest match are dropped from every sample.
              Matching includes the function name, filename or object name.
              """)
          .add();

  /** Labels that a sample must have to stay: regular expressions or a range of numbers. */
  public static final ReportOption<String> TAG_FOCUS =
      text("tagfocus", "")
          .url("tf")
          .saved()
          .help(
              """
              Restricts to samples with tags in range or matched by regexp
              Use name=value syntax to limit the matching to a specific tag.
              Numeric tag filter examples: 1kb, 1kb:10kb, memory=32mb:
              String tag filter examples: foo, foo.*bar, mytag=foo.*bar
              """)
          .add();

  /** Labels that a sample must not have to stay: regular expressions or a range of numbers. */
  public static final ReportOption<String> TAG_IGNORE =
      text("tagignore", "")
          .url("ti")
          .saved()
          .help(
              """
              Discard samples with tags in range or matched by regexp
              Use name=value syntax to limit the matching to a specific tag.
              Numeric tag filter examples: 1kb, 1kb:10kb, memory=32mb:
              String tag filter examples: foo, foo.*bar, mytag=foo.*bar
              """)
          .add();

  /** Regular expression of the only label keys to keep. */
  public static final ReportOption<String> TAG_SHOW =
      text("tagshow", "")
          .url("ts")
          .saved()
          .help(
              """
              Only consider tags matching this regexp
              Discard tags that do not match this regexp
              """)
          .add();

  /** Regular expression of label keys to leave out. */
  public static final ReportOption<String> TAG_HIDE =
      text("taghide", "")
          .url("th")
          .saved()
          .help(
              """
              Skip tags matching this regexp
              Discard tags that match this regexp
              """)
          .add();

  /** Whether inlined frames are left out. */
  public static final ReportOption<Boolean> NO_INLINES =
      flag("noinlines", false)
          .url("noinlines")
          .saved()
          .help(
              """
              Ignore inlines.
              Attributes inlined functions to their first out-of-line caller.
              """)
          .add();

  /** Whether columns distinguish places in the source. */
  public static final ReportOption<Boolean> SHOW_COLUMNS =
      flag("showcolumns", false)
          .url("showcolumns")
          .saved()
          .help("Show column numbers at the source code line level.\n")
          .add();

  /** What a node is; empty for {@code functions}. */
  public static final ReportOption<String> GRANULARITY =
      text("granularity", "")
          .choice(
              "functions",
              """
              Aggregate at the function level.
              Ignores the filename where the function was defined.
              """)
          .choice(
              "filefunctions",
              """
              Aggregate at the function level.
              Takes into account the filename where the function was defined.
              """)
          .choice("files", "Aggregate at the file level.")
          .choice("lines", "Aggregate at the source code line level.")
          .choice(
              "addresses",
              """
              Aggregate at the address level.
              Includes functions' addresses in the output.
              """)
          .url("g")
          .saved()
          .add();

  private final int index;
  private final String name;
  private final OptionType<T> type;
  private final T defaultValue;
  private final String urlParameter;
  private final boolean saved;
  private final String help;
  private final Map<String, String> choices;

  private ReportOption(Row<T> row, int index) {
    this.index = index;
    this.name = row.name;
    this.type = row.type;
    this.defaultValue = row.defaultValue;
    this.urlParameter = row.urlParameter;
    this.saved = row.saved;
    this.help = row.help;
    this.choices = row.choices;
  }

  /** All options, in the order in which pprof declares them. */
  public static List<ReportOption<?>> all() {
    return List.copyOf(TABLE.values());
  }

  /** The option of a name. A choice of a group ({@code cum}, {@code lines}) is not a name. */
  public static Optional<ReportOption<?>> named(String name) {
    return Optional.ofNullable(TABLE.get(name));
  }

  /** The option that {@code choice} is a choice of: {@code granularity} for {@code lines}. */
  public static Optional<ReportOption<?>> ofChoice(String choice) {
    return TABLE.values().stream().filter(option -> option.choices.containsKey(choice)).findAny();
  }

  /** Name as a flag, a shell variable and a key of the settings file. */
  public String name() {
    return name;
  }

  /** The value without any setting. */
  public T defaultValue() {
    return defaultValue;
  }

  /** Whether the value is a {@link Boolean}. */
  public boolean isBoolean() {
    return defaultValue instanceof Boolean;
  }

  /** Whether the value is a {@link Long}. */
  public boolean isInteger() {
    return defaultValue instanceof Long;
  }

  /** Whether the value is a {@link Double}. */
  public boolean isReal() {
    return defaultValue instanceof Double;
  }

  /** Name in URLs; empty if the option has no place in them. */
  public String urlParameter() {
    return urlParameter;
  }

  /** Whether the settings file keeps the option. */
  public boolean isSaved() {
    return saved;
  }

  /** Text for people; its first line is a summary. Empty for a group of choices. */
  public String help() {
    return help;
  }

  /** The values of a group that excludes all others, in order; empty if any value will do. */
  public List<String> choices() {
    return List.copyOf(choices.keySet());
  }

  /**
   * Text for people of one choice.
   *
   * @throws IllegalArgumentException if the option has no such choice
   */
  public String choiceHelp(String choice) {
    String text = choices.get(choice);
    if (text == null) {
      throw new IllegalArgumentException("%s has no choice %s".formatted(name, choice));
    }
    return text;
  }

  /**
   * Reads a value as flags, shell and URLs write it.
   *
   * @throws ReportException if it is not a value of this option, with pprof's text
   */
  public T parse(String value) throws ReportException {
    if (!choices.isEmpty() && !choices.containsKey(value)) {
      throw new ReportException(
          "invalid %s value %s".formatted(GoText.quote(name), GoText.quote(value)));
    }
    return type.parse(value);
  }

  /** Writes a value as pprof shows it: {@code 0.005}, {@code true}. */
  public String format(T value) {
    return type.format(value);
  }

  @Override
  public String toString() {
    return name;
  }

  int index() {
    return index;
  }

  static int count() {
    return TABLE.size();
  }

  private static Row<String> text(String name, String defaultValue) {
    return new Row<>(name, OptionType.TEXT, defaultValue);
  }

  private static Row<Boolean> flag(String name, boolean defaultValue) {
    return new Row<>(name, OptionType.BOOLEAN, defaultValue);
  }

  private static Row<Long> integer(String name, long defaultValue) {
    return new Row<>(name, OptionType.INTEGER, defaultValue);
  }

  private static Row<Double> real(String name, double defaultValue) {
    return new Row<>(name, OptionType.REAL, defaultValue);
  }

  /** An option while it is being declared. */
  private static final class Row<T> {
    final String name;
    final OptionType<T> type;
    final T defaultValue;
    final Map<String, String> choices = new LinkedHashMap<>();
    String urlParameter = "";
    String help = "";
    boolean saved;

    Row(String name, OptionType<T> type, T defaultValue) {
      this.name = name;
      this.type = type;
      this.defaultValue = requireNonNull(defaultValue);
    }

    Row<T> url(String parameter) {
      urlParameter = parameter;
      return this;
    }

    Row<T> saved() {
      saved = true;
      return this;
    }

    Row<T> help(String text) {
      help = text;
      return this;
    }

    Row<T> choice(String choice, String text) {
      choices.put(choice, text);
      return this;
    }

    ReportOption<T> add() {
      ReportOption<T> option = new ReportOption<>(this, TABLE.size());
      TABLE.put(name, option);
      return option;
    }
  }
}
