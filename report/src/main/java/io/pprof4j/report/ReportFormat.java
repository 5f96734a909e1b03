// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

/** What a report shows and how it is written. */
public enum ReportFormat {
  /** The comments of the profile. */
  COMMENTS,
  /** Annotated instructions of the functions that match. */
  DISASM,
  /** The call graph for Graphviz. */
  DOT,
  /** Annotated source of the functions that match. */
  LIST,
  /** Callers and callees of the functions that match. */
  PEEK,
  /** The whole profile as text. */
  RAW,
  /** The labels and their weight. */
  TAGS,
  /** The heaviest nodes ({@code top}). */
  TEXT,
  /** Every sample with its stack. */
  TRACES,
  /** Callers and callees of every node. */
  TREE,
  /** The call graph in the format of callgrind. */
  CALLGRIND,
  /** The profile itself, filtered, as compressed profile.proto. */
  PROTO,
  /** The rows of {@link #TEXT} as compressed profile.proto. */
  TOPPROTO,
  /** Annotated source and instructions as HTML. */
  WEBLIST,
  /** The call graph as a picture that can be moved and magnified. */
  SVG,
  /** The call graph as a picture of pixels. */
  PNG,
  /** The call graph as a picture of pixels in 256 colours. */
  GIF,
  /** The call graph as a page of PDF. */
  PDF,
  /** The call graph as a page of PostScript. */
  PS,
  /** One line per stack, root first: {@code main;work 42}. */
  COLLAPSED,
  /** The rows of {@link #TEXT} as JSON. */
  JSON,
  /** The rows of {@link #TEXT} as comma-separated values. */
  CSV,
  /** The rows of {@link #TEXT} as a table in Markdown. */
  MARKDOWN,
  /** The stacks for speedscope.app. */
  SPEEDSCOPE,
  /** The profile itself, filtered, as OpenTelemetry's ProfilesData. */
  OTLP,
  /** The tree of a flame graph as JSON. */
  FLAME;

  /** Whether the report needs a regular expression that says which functions to show. */
  public boolean takesPattern() {
    return this == DISASM || this == LIST || this == PEEK || this == WEBLIST;
  }
}
