// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.flame;

import io.pprof4j.profile.Functions;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.FlameData;
import io.pprof4j.report.FrameKind;
import io.pprof4j.report.NodeInfo;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.SourcePaths;
import io.pprof4j.report.internal.request.Granularity;
import io.pprof4j.report.internal.request.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a flame graph, numbered as they are met and described when they are shown.
 *
 * <p>Two frames are one if function, file, line, column and whether they were inlined agree, where
 * the granularity leaves those; a location without symbols is a frame of its binary, and of its
 * address if the granularity has addresses. (google/pprof leaves such locations out, and their
 * values go to the caller.)
 */
public final class FlameFrames {
  /** What tells frames apart. */
  private record Key(String name, String file, long line, long column, boolean inlined) {
    // Written out since those of records are linked when they are called first, which took 15 ms.
    @Override
    public int hashCode() {
      int hash = name.hashCode() * 31 + file.hashCode();
      return (hash * 31 + Long.hashCode(line)) * 31 + Long.hashCode(column) * 2 + (inlined ? 1 : 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && line == key.line
          && column == key.column
          && inlined == key.inlined
          && name.equals(key.name)
          && file.equals(key.file);
    }
  }

  /** A location and one of its lines that show a frame; no line for one without symbols. */
  private record Place(int location, int line) {
    static final int NO_LINE = -1;
  }

  /** The root, which every stack starts with. */
  static final int ROOT = 0;

  /** What stands for the children of a node that an outline leaves out. */
  static final int REST = 1;

  private static final FlameData.Frame ROOT_FRAME =
      new FlameData.Frame("root", "", "", "", FrameKind.OTHER, false);

  private static final FlameData.Frame REST_FRAME =
      new FlameData.Frame("(functions too narrow to show)", "", "", "", FrameKind.OTHER, false);

  private final Profile profile;
  private final Locations locations;
  private final Functions functions;
  private final ReportOptions options;
  private final Granularity granularity;
  private final Map<Key, Integer> numbers = new HashMap<>();

  /** Where each frame was met first; those of the root and of the rest are nowhere. */
  private final List<Place> places = new ArrayList<>();

  /** The frames of location l, innermost first, are frame[first[l]] .. frame[first[l + 1] - 1]. */
  final int[] first;

  private final int[] frame;

  private int rest = -1;

  /** The frames of a report. */
  public FlameFrames(Report report) {
    this.profile = report.profile();
    this.locations = profile.locations();
    this.functions = profile.functions();
    this.options = report.options();
    this.granularity = report.granularity();
    places.add(new Place(0, Place.NO_LINE));
    places.add(new Place(0, Place.NO_LINE));
    this.first = new int[locations.size() + 1];
    for (int location = 0; location < locations.size(); location++) {
      int lines = granularity.inlines() ? locations.lineCount(location) : 1;
      first[location + 1] = first[location] + Math.max(lines, 1);
    }
    this.frame = new int[first[locations.size()]];
  }

  /**
   * The frames of nodes, in the order in which nodes show them first. The nodes are given the new
   * numbers.
   */
  public List<FlameData.Frame> describe(int[] frameOfNode) {
    int[] numberOf = new int[places.size()];
    List<FlameData.Frame> described = new ArrayList<>();
    for (int node = 0; node < frameOfNode.length; node++) {
      int met = frameOfNode[node];
      if (numberOf[met] == 0) {
        described.add(describe(met));
        numberOf[met] = described.size();
        rest = met == REST ? described.size() - 1 : rest;
      }
      frameOfNode[node] = numberOf[met] - 1;
    }
    return described;
  }

  /** The number that {@link #REST} was given when nodes were described; -1 if none shows it. */
  public int rest() {
    return rest;
  }

  /** The number of a frame at its place among those of all locations, given if it is new. */
  int numbered(int location, int at) {
    int known = frame[at];
    return known != ROOT ? known : number(location, at);
  }

  private int number(int location, int at) {
    int lines = locations.lineCount(location);
    int last = first[location + 1] - 1;
    // Without inlined frames only the last line is left.
    int line = lines == 0 ? Place.NO_LINE : lines - 1 - (last - at);
    Key key = key(location, line, at < last);
    if (key.name.isEmpty() && key.file.isEmpty()) {
      line = Place.NO_LINE;
      key = key(location, line, false);
    }
    Integer known = numbers.putIfAbsent(key, places.size());
    frame[at] = known != null ? known : places.size();
    if (known == null) {
      places.add(new Place(location, line));
    }
    return frame[at];
  }

  private Key key(int location, int line, boolean inlined) {
    if (line == Place.NO_LINE) {
      return new Key(unsymbolizedName(location), "", 0, 0, false);
    }
    int function = locations.function(location, line);
    return new Key(
        granularity.function() ? functions.name(function) : "",
        granularity.file() ? functions.filename(function) : "",
        granularity.line() ? locations.line(location, line) : 0,
        granularity.column() ? locations.column(location, line) : 0,
        inlined);
  }

  private FlameData.Frame describe(int number) {
    if (number == ROOT || number == REST) {
      return number == ROOT ? ROOT_FRAME : REST_FRAME;
    }
    int location = places.get(number).location;
    int line = places.get(number).line;
    if (line == Place.NO_LINE) {
      return unsymbolized(location);
    }
    boolean inlined = granularity.inlines() && line < locations.lineCount(location) - 1;
    return symbolized(key(location, line, inlined), location, locations.function(location, line));
  }

  private FlameData.Frame symbolized(Key key, int location, int function) {
    String file =
        SourcePaths.trim(
            key.file, options.get(ReportOption.TRIM_PATH), options.get(ReportOption.SOURCE_PATH));
    FrameOrigin origin =
        new FrameOrigin(
            key.name,
            functions.get(function).systemName(),
            functions.filename(function),
            binary(location),
            locations.mapping(location) == 0);
    String place = key.line == 0 ? "" : ":" + key.line + (key.column == 0 ? "" : ":" + key.column);
    String name = (key.name.isEmpty() ? file : key.name) + place;
    String module = SourcePaths.baseName(binary(location));
    return new FlameData.Frame(
        name, file, origin.codePackage(), module, origin.kind(), key.inlined);
  }

  private FlameData.Frame unsymbolized(int location) {
    String binary = binary(location);
    FrameOrigin origin = new FrameOrigin("?", "", "", binary, locations.mapping(location) == 0);
    FrameKind kind = binary.isEmpty() ? FrameKind.OTHER : origin.kind();
    return new FlameData.Frame(
        unsymbolizedName(location),
        "",
        SourcePaths.baseName(binary),
        SourcePaths.baseName(binary),
        kind,
        false);
  }

  private String unsymbolizedName(int location) {
    long address = granularity.address() ? locations.address(location) : 0;
    return new NodeInfo("", address, "", 0, 0, 0, binary(location)).printableName();
  }

  private String binary(int location) {
    int mapping = locations.mapping(location);
    return mapping == Locations.NO_MAPPING ? "" : profile.mappings().filename(mapping);
  }
}
