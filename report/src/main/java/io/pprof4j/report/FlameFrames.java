// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.Functions;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames of a flame graph, numbered in the order of locations.
 *
 * <p>Two frames are one if function, file, line, column and whether they were inlined agree, where
 * the granularity leaves those; a location without symbols is a frame of its binary, and of its
 * address if the granularity has addresses. (google/pprof leaves such locations out, and their
 * values go to the caller.)
 */
final class FlameFrames {
  /** What tells frames apart. */
  private record Key(String name, String file, long line, long column, boolean inlined) {}

  /** The root, which every stack starts with. */
  static final int ROOT = 0;

  private final Profile profile;
  private final Locations locations;
  private final Functions functions;
  private final ReportOptions options;
  private final Granularity granularity;
  private final Map<Key, Integer> numbers = new HashMap<>();
  private final List<FlameData.Frame> frames = new ArrayList<>();

  /** The frames of location l, innermost first, are node[first[l]] .. node[first[l + 1] - 1]. */
  final int[] first;

  final int[] frame;

  FlameFrames(Report report) {
    this.profile = report.profile();
    this.locations = profile.locations();
    this.functions = profile.functions();
    this.options = report.options();
    this.granularity = report.granularity();
    frames.add(new FlameData.Frame("root", "", "", FrameKind.OTHER, false));
    this.first = new int[locations.size() + 1];
    for (int location = 0; location < locations.size(); location++) {
      int lines = granularity.inlines() ? locations.lineCount(location) : 1;
      first[location + 1] = first[location] + Math.max(lines, 1);
    }
    this.frame = new int[first[locations.size()]];
  }

  /** All frames met so far, by number. */
  List<FlameData.Frame> frames() {
    return List.copyOf(frames);
  }

  /** Numbers the frames of a location, unless that was done. */
  void number(int location) {
    int at = first[location];
    if (frame[at] != ROOT) {
      return;
    }
    int lines = locations.lineCount(location);
    if (lines == 0) {
      frame[at] = unsymbolized(location);
      return;
    }
    int count = first[location + 1] - at;
    for (int line = 0; line < count; line++) {
      // Without inlined frames only the last line is left.
      frame[at + line] = symbolized(location, lines - count + line, line < count - 1);
    }
  }

  private int symbolized(int location, int line, boolean inlined) {
    int function = locations.function(location, line);
    Key key =
        new Key(
            granularity.function() ? functions.name(function) : "",
            granularity.file() ? functions.filename(function) : "",
            granularity.line() ? locations.line(location, line) : 0,
            granularity.column() ? locations.column(location, line) : 0,
            inlined);
    if (key.name.isEmpty() && key.file.isEmpty()) {
      return unsymbolized(location);
    }
    Integer known = numbers.get(key);
    return known != null ? known : add(key, frameOf(key, location, function));
  }

  private FlameData.Frame frameOf(Key key, int location, int function) {
    String file =
        SourcePaths.trim(
            key.file, options.get(ReportOption.TRIM_PATH), options.get(ReportOption.SOURCE_PATH));
    int mapping = locations.mapping(location);
    FrameOrigin origin =
        new FrameOrigin(
            key.name,
            functions.get(function).systemName(),
            functions.filename(function),
            binary(location),
            mapping == 0);
    String place = key.line == 0 ? "" : ":" + key.line + (key.column == 0 ? "" : ":" + key.column);
    String name = (key.name.isEmpty() ? file : key.name) + place;
    return new FlameData.Frame(name, file, origin.codePackage(), origin.kind(), key.inlined);
  }

  private int unsymbolized(int location) {
    long address = granularity.address() ? locations.address(location) : 0;
    String binary = binary(location);
    String name = new NodeInfo("", address, "", 0, 0, 0, binary).printableName();
    Key key = new Key(name, "", 0, 0, false);
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    FrameOrigin origin = new FrameOrigin("?", "", "", binary, locations.mapping(location) == 0);
    FrameKind kind = binary.isEmpty() ? FrameKind.OTHER : origin.kind();
    return add(key, new FlameData.Frame(name, "", SourcePaths.baseName(binary), kind, false));
  }

  private int add(Key key, FlameData.Frame added) {
    numbers.put(key, frames.size());
    frames.add(added);
    return frames.size() - 1;
  }

  private String binary(int location) {
    int mapping = locations.mapping(location);
    return mapping == Locations.NO_MAPPING ? "" : profile.mappings().filename(mapping);
  }
}
