// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.tools;

import io.pprof4j.report.ObjectTool.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Names of addresses by the symbol table, as nm prints it; it knows no files and lines. */
public final class NmFrames implements AddressFrames {
  /** Kinds of symbols that are data: their size is to be believed. */
  private static final String DATA = "bBdDrRvVW";

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(long address, long size, String name, boolean data) {
    long end() {
      return address + size;
    }
  }

  /**
   * Reads the symbols of a file.
   *
   * @throws IOException if nm fails
   */
  public NmFrames(Path program, Path file) throws IOException {
    this(
        ToolRun.output(
            List.of(
                program.toString(),
                "--numeric-sort",
                "--print-size",
                "--format=posix",
                file.toString())));
  }

  /** Reads what nm prints: name, kind, address and size, in the order of addresses. */
  public NmFrames(String output) {
    output.lines().forEach(this::add);
  }

  private void add(String line) {
    String[] fields = line.strip().split(" ", -1);
    if (fields.length != 4) {
      return;
    }
    try {
      entries.add(
          new Entry(
              Long.parseUnsignedLong(fields[2], 16),
              Long.parseUnsignedLong(fields[3], 16),
              fields[0],
              !fields[1].isEmpty() && DATA.contains(fields[1])));
    } catch (NumberFormatException noSymbol) {
      return; // Symbols that are not defined have no address.
    }
  }

  @Override
  public List<Frame> of(long objectAddress) {
    int low = last(objectAddress);
    if (low < 0
        || Long.compareUnsigned(objectAddress, entries.get(entries.size() - 1).end()) >= 0) {
      return List.of();
    }
    Entry found = entries.get(low);
    boolean outside = found.data && Long.compareUnsigned(objectAddress, found.end()) >= 0;
    return outside ? List.of() : List.of(new Frame(found.name, "", 0));
  }

  /**
   * The entry that pprof finds: one at the address if there is any, else the last before it; -1 if
   * there is none. It searches as pprof does, since several symbols may have one address.
   */
  private int last(long address) {
    if (entries.isEmpty() || Long.compareUnsigned(address, entries.get(0).address) < 0) {
      return -1;
    }
    int low = 0;
    int high = entries.size();
    while (low + 1 < high) {
      int middle = (low + high) / 2;
      int order = Long.compareUnsigned(address, entries.get(middle).address);
      if (order == 0) {
        return middle;
      }
      if (order > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
