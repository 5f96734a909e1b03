// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

/** A page that shows the profile in one way. */
enum View {
  FLAME_GRAPH("flamegraph", "Flame graph", "Display profile as a flame graph"),
  GRAPH("graph", "Graph", "Display profile as a directed graph"),
  TOP("top", "Top", "The functions that take most"),
  PEEK("peek", "Peek", "Callers and callees of the functions that match"),
  SOURCE("source", "Source", "Annotated source of the functions that match"),
  DISASSEMBLY("disasm", "Disassemble", "Annotated instructions of the functions that match");

  private final String path;
  private final String title;
  private final String help;

  View(String path, String title, String help) {
    this.path = path;
    this.title = title;
    this.help = help;
  }

  /** The last part of the page's address. */
  String path() {
    return path;
  }

  /** The name that people know it by. */
  String title() {
    return title;
  }

  /** One line about it. */
  String help() {
    return help;
  }

  /** Whether the focus also says which functions are shown. */
  boolean takesPattern() {
    return this == PEEK || this == SOURCE || this == DISASSEMBLY;
  }
}
