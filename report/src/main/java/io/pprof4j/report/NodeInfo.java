// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What a node of a report stands for; which parts are filled in depends on the granularity.
 *
 * @param name function, or empty
 * @param address instruction address, or 0
 * @param file source file, or empty
 * @param startLine line of the function's declaration, or 0
 * @param line source line, or 0
 * @param column source column, or 0
 * @param objectFile binary, or empty
 */
public record NodeInfo(
    String name,
    long address,
    String file,
    long startLine,
    long line,
    long column,
    String objectFile) {

  /** The text that reports show for the node. */
  public String printableName() {
    boolean plain = address == 0 && line == 0 && file.isEmpty() && !name.isEmpty();
    return plain ? name : String.join(" ", components());
  }

  /** The parts of {@link #printableName}: address, function, place. */
  public List<String> components() {
    List<String> parts = new ArrayList<>(3);
    if (address != 0) {
      parts.add(hexAddress());
    }
    if (!name.isEmpty()) {
      parts.add(name);
    }
    if (line != 0) {
      parts.add(file + ":" + line + (column == 0 ? "" : ":" + column));
    } else if (!file.isEmpty()) {
      parts.add(file);
    } else if (name.isEmpty()) {
      parts.add(objectFile.isEmpty() ? "<unknown>" : "[" + SourcePaths.baseName(objectFile) + "]");
    }
    return parts;
  }

  private String hexAddress() {
    String digits = Long.toHexString(address);
    return "0".repeat(16 - digits.length()) + digits;
  }

  /** The whole function that the node is a part of. */
  NodeInfo function() {
    return new NodeInfo(name, 0, file, startLine, 0, 0, objectFile);
  }

  NodeInfo with(String otherName, String otherFile) {
    return new NodeInfo(otherName, address, otherFile, startLine, line, column, objectFile);
  }

  /** All parts as one text, which orders nodes that are otherwise equal. */
  String tieBreaker() {
    return "{%s  %s %s %d %d %d %s}"
        .formatted(name, Long.toUnsignedString(address), file, startLine, line, column, objectFile);
  }
}
