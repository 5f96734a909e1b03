// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.internal.text.LineScanner;

/** A mapping of a memory map, before it is known what it covers. */
final class MappingDraft {
  long start;
  long limit;
  long offset;
  String file;
  String buildId;
  boolean executable = true;

  MappingDraft(long start, long limit, long offset, String file, String buildId) {
    this.start = start;
    this.limit = limit;
    this.offset = offset;
    this.file = file;
    this.buildId = buildId;
  }

  /** Stands for a region that holds no code; its addresses do not matter. */
  static MappingDraft notExecutable() {
    MappingDraft draft = new MappingDraft(0, 0, 0, "", "");
    draft.executable = false;
    return draft;
  }

  boolean contains(long address) {
    return Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, limit) < 0;
  }

  /** Whether an address lies in the part of the file before what is mapped. */
  boolean precededBy(long address) {
    return offset != 0
        && Long.compareUnsigned(start - offset, address) <= 0
        && Long.compareUnsigned(address, start) < 0;
  }

  void startAtFileStart() {
    start -= offset;
    offset = 0;
  }

  /** Whether {@code next} continues this mapping of the same file. */
  boolean isContinuedBy(MappingDraft next) {
    return agrees(file, next.file)
        && agrees(buildId, next.buildId)
        && limit == next.start
        && (offset == 0 || next.offset == 0 || offset + (limit - start) == next.offset);
  }

  private static boolean agrees(String a, String b) {
    return a.isEmpty() || b.isEmpty() || a.equals(b);
  }

  void join(MappingDraft next) {
    limit = next.limit;
    file = next.file.isEmpty() ? file : next.file;
    buildId = next.buildId.isEmpty() ? buildId : next.buildId;
  }

  /** Whether this may be the program itself: neither a shared library nor a special region. */
  boolean mayBeMain() {
    String name = LineScanner.trim(file.replace("(deleted)", ""));
    return !name.isEmpty() && name.charAt(0) != '[' && !isLibrary(name);
  }

  /** Names end in {@code .so}, or contain {@code .so.1} or {@code .so_1}. */
  private static boolean isLibrary(String name) {
    if (name.endsWith(".so")) {
      return true;
    }
    for (int at = name.indexOf(".so"); at >= 0; at = name.indexOf(".so", at + 1)) {
      if (at + 4 < name.length()
          && "._".indexOf(name.charAt(at + 3)) >= 0
          && name.charAt(at + 4) >= '0'
          && name.charAt(at + 4) <= '9') {
        return true;
      }
    }
    return false;
  }
}
