// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.io.IOException;
import java.util.List;

/** Gives the text of source files named in profiles. */
@FunctionalInterface
public interface SourceFinder {
  /** Finds nothing. */
  SourceFinder NONE =
      request -> {
        throw new IOException(
            "could not find file %s on path %s".formatted(request.path(), request.searchPath()));
      };

  /**
   * Finds a source file.
   *
   * @throws IOException if there is none or it cannot be read; the message is shown to the user:
   *     {@code could not find file a/b.c on path /home/me} or {@code open /a/b.c: no such file or
   *     directory}
   */
  SourceText find(Request request) throws IOException;

  /**
   * What is sought.
   *
   * @param path file name as the profile has it: {@code com/acme/Shop.java}
   * @param function name of a function in it: {@code com.acme.Shop.sell}
   * @param searchPath {@code source_path}; empty for the working directory
   * @param trimPath {@code trim_path}: see {@link SourcePaths#trim}
   */
  record Request(String path, String function, String searchPath, String trimPath) {}

  /**
   * A source file.
   *
   * @param lines its lines without line ends, the first is line 1
   * @param note what the reader should know of its origin ({@code decompiled from a.jar}); empty if
   *     nothing
   */
  record SourceText(List<String> lines, String note) {
    /** Copies the list. */
    public SourceText {
      lines = List.copyOf(lines);
    }

    /** A source file about which nothing needs to be said. */
    public static SourceText of(List<String> lines) {
      return new SourceText(lines, "");
    }
  }
}
