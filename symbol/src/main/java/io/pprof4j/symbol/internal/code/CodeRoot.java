// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place that holds classes, sources or both, under the paths that the language gives them: {@code
 * com/acme/Shop.class}. Implementations are safe for use by several threads.
 */
public interface CodeRoot {
  /** What people call it: the path of the jar or directory. */
  String name();

  /**
   * Reads an entry.
   *
   * @param path relative, with slashes; never leads out of the root
   * @return null if there is no such entry
   * @throws IOException if there is one and it cannot be read
   */
  byte @Nullable [] read(String path) throws IOException;

  /** Where the sources of this root's classes may be, best first; looked up when needed. */
  default List<CodeRoot> sources() {
    return List.of();
  }
}
