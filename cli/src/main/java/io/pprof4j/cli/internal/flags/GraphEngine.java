// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

import io.pprof4j.cli.internal.system.CliException;
import java.util.Locale;

/** What lays out and draws graphs: the values of {@code -graph_engine}. */
public enum GraphEngine {
  /**
   * The default: {@link #BUILTIN}, so that a picture does not depend on what is installed on the
   * machine.
   */
  AUTO,
  /** Our own layout and writers. */
  BUILTIN,
  /** Graphviz's dot. */
  NATIVE;

  /**
   * The engine of that name.
   *
   * @throws CliException if there is none
   */
  static GraphEngine named(String name) throws CliException {
    for (GraphEngine engine : values()) {
      if (engine.name().toLowerCase(Locale.ROOT).equals(name)) {
        return engine;
      }
    }
    throw new CliException("-graph_engine is auto, builtin or native, not \"" + name + "\"");
  }
}
