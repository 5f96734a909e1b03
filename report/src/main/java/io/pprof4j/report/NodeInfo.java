// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  public NodeInfo function() {
    return address == 0 && line == 0
        ? this
        : new NodeInfo(name, 0, file, startLine, 0, 0, objectFile);
  }

  /** The same with another name and file. */
  public NodeInfo with(String otherName, String otherFile) {
    return new NodeInfo(otherName, address, otherFile, startLine, line, column, objectFile);
  }

  // Nodes are keys of a table from the first moment of a report. Methods that the compiler derives
  // for a record are assembled when they are first called, which takes 20 ms of a short run.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NodeInfo node
        && address == node.address
        && line == node.line
        && column == node.column
        && startLine == node.startLine
        && name.equals(node.name)
        && file.equals(node.file)
        && objectFile.equals(node.objectFile);
  }

  @Override
  public int hashCode() {
    int hash = name.hashCode();
    hash = 31 * hash + Long.hashCode(address);
    hash = 31 * hash + Long.hashCode(line);
    hash = 31 * hash + Long.hashCode(column);
    hash = 31 * hash + file.hashCode();
    return 31 * hash + objectFile.hashCode();
  }

  /** All parts as one text, which orders nodes that are otherwise equal. */
  public String tieBreaker() {
    String place = startLine + " " + line + " " + column;
    return "{"
        + name
        + "  "
        + Long.toUnsignedString(address)
        + " "
        + file
        + " "
        + place
        + " "
        + objectFile
        + "}";
  }
}
