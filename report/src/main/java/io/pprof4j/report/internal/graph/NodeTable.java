// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import io.pprof4j.profile.Functions;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Stacks;
import io.pprof4j.report.NodeInfo;
import io.pprof4j.report.SourcePaths;
import io.pprof4j.report.internal.request.Granularity;
import io.pprof4j.report.internal.request.NodeRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes that the frames of a profile fall into.
 *
 * <p>Nodes are numbered from 0. The frames of location {@code l}, innermost first, are {@code
 * node[first[l]] .. node[first[l + 1] - 1]}; a location without symbols has one frame.
 */
public final class NodeTable {
  private static final int UNSEEN = -1;

  /** By location: where its frames begin; one more entry for the end. */
  public final int[] first;

  /** The nodes of the frames of all locations. */
  public final int[] node;

  /** Whether some location has more than one frame. */
  final boolean hasInlines;

  private final Profile profile;
  private final Locations locations;
  private final Functions functions;
  private final NodeRules rules;
  private final String[] fileOfFunction;

  /** Node of a function at a granularity at which it has only one. */
  private final int[] nodeOfFunction;

  private final Map<NodeInfo, Integer> numbers = new HashMap<>();
  private final List<NodeInfo> infos = new ArrayList<>();

  /** The nodes of all locations of a profile. */
  public NodeTable(Profile profile, NodeRules rules) {
    this.profile = profile;
    this.locations = profile.locations();
    this.functions = profile.functions();
    this.rules = rules;
    this.fileOfFunction = new String[functions.size()];
    this.nodeOfFunction = new int[functions.size()];
    Arrays.fill(nodeOfFunction, UNSEEN);
    this.first = new int[locations.size() + 1];
    for (int location = 0; location < locations.size(); location++) {
      first[location + 1] = first[location] + frameCount(location);
    }
    this.node = new int[first[locations.size()]];
    this.hasInlines = node.length > locations.size();
    for (int location = 0; location < locations.size(); location++) {
      number(location);
    }
  }

  int size() {
    return infos.size();
  }

  /** What a node is. */
  public NodeInfo info(int number) {
    return infos.get(number);
  }

  /** How many frames the stack with the most frames has. */
  int framesOfDeepestStack() {
    Stacks stacks = profile.stacks();
    if (!hasInlines) {
      return stacks.maxDepth();
    }
    int most = 0;
    for (int stack = 0; stack < stacks.size(); stack++) {
      int frames = 0;
      for (int depth = 0; depth < stacks.depth(stack); depth++) {
        int location = stacks.location(stack, depth);
        frames += first[location + 1] - first[location];
      }
      most = Math.max(most, frames);
    }
    return most;
  }

  private int frameCount(int location) {
    int lines = locations.lineCount(location);
    return rules.granularity().inlines() ? Math.max(lines, 1) : 1;
  }

  private void number(int location) {
    int lines = locations.lineCount(location);
    if (lines == 0) {
      node[first[location]] = number(unsymbolized(location));
      return;
    }
    int frames = first[location + 1] - first[location];
    for (int frame = 0; frame < frames; frame++) {
      // Without inlined frames only the last line is left.
      node[first[location] + frame] = frame(location, lines - frames + frame);
    }
  }

  private int frame(int location, int line) {
    int function = locations.function(location, line);
    boolean oneNode = isOneNode(function);
    if (oneNode && nodeOfFunction[function] != UNSEEN) {
      return nodeOfFunction[function];
    }
    int number = number(info(location, line, function));
    if (oneNode) {
      nodeOfFunction[function] = number;
    }
    return number;
  }

  /** Whether all frames of the function are the same node. */
  private boolean isOneNode(int function) {
    Granularity granularity = rules.granularity();
    return granularity.function()
        && !granularity.line()
        && !granularity.address()
        && !rules.keepObjectFile()
        && !functions.name(function).isEmpty();
  }

  private NodeInfo info(int location, int line, int function) {
    Granularity granularity = rules.granularity();
    String name = granularity.function() ? functions.name(function) : "";
    boolean keepObject = rules.keepObjectFile() || name.isEmpty();
    return new NodeInfo(
        name,
        granularity.address() ? locations.address(location) : 0,
        granularity.file() ? file(function) : "",
        keepObject ? functions.get(function).startLine() : 0,
        granularity.line() ? locations.line(location, line) : 0,
        granularity.column() ? locations.column(location, line) : 0,
        keepObject ? objectFile(location) : "");
  }

  private NodeInfo unsymbolized(int location) {
    long address = rules.granularity().address() ? locations.address(location) : 0;
    return new NodeInfo("", address, "", 0, 0, 0, objectFile(location));
  }

  private String objectFile(int location) {
    int mapping = locations.mapping(location);
    return mapping == Locations.NO_MAPPING ? "" : profile.mappings().filename(mapping);
  }

  private String file(int function) {
    String file = fileOfFunction[function];
    if (file == null) {
      String recorded = functions.filename(function);
      String prefixes = rules.trimPath();
      String trimmed =
          prefixes == null ? recorded : SourcePaths.trim(recorded, prefixes, rules.sourcePath());
      file = trimmed.isEmpty() ? "" : SourcePaths.clean(trimmed);
      fileOfFunction[function] = file;
    }
    return file;
  }

  private int number(NodeInfo info) {
    Integer number = numbers.putIfAbsent(info, infos.size());
    if (number != null) {
      return number;
    }
    infos.add(info);
    return infos.size() - 1;
  }
}
