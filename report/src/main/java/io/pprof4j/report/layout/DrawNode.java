// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static java.util.Objects.requireNonNull;

/**
 * One box of a drawing.
 *
 * @param name the node's name in DOT, unique in its graph: {@code N1}, {@code N1_0}
 * @param id what scripts and style sheets know the node by, unique: {@code node1}, {@code N1_0}
 * @param label the text inside
 * @param shape the outline
 * @param stroke the colour of the outline
 * @param fill the colour of the inside
 * @param tooltip what is shown on hovering, unescaped; empty for none
 */
public record DrawNode(
    String name, String id, Label label, Shape shape, Rgb stroke, Rgb fill, String tooltip) {
  /** The outline of a node. */
  public enum Shape {
    /** A rectangle. */
    BOX,
    /** A rectangle drawn as a solid body, which marks the tags ("nodelets") of a node. */
    BOX3D
  }

  /** Refuses {@code null}. */
  public DrawNode {
    requireNonNull(name, "name");
    requireNonNull(id, "id");
    requireNonNull(label, "label");
    requireNonNull(shape, "shape");
    requireNonNull(stroke, "stroke");
    requireNonNull(fill, "fill");
    requireNonNull(tooltip, "tooltip");
  }
}
