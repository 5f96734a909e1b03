// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Arrow;
import io.pprof4j.report.layout.Layout.Point;
import io.pprof4j.report.layout.LayoutGraph.Size;
import java.util.List;

/**
 * A drawing in the operators of a PDF page (ISO 32000-1, annex A): lines, curves, and text in a
 * font {@code /F}. PostScript understands it once a few procedures are named like those operators.
 *
 * <p>Characters outside of {@link WinAnsi} are question marks, since no font is embedded.
 */
final class PageContent {
  /** Larger pages are not opened by every viewer (ISO 32000-1, annex C). */
  private static final double MAX_LENGTH = 14_400;

  private static final Rgb BOX_FILL = new Rgb(0xF8F8F8);
  private static final Rgb BLACK = new Rgb(0);

  private final Picture picture;
  private final double scale;
  private final StringBuilder out = new StringBuilder();

  private PageContent(Picture picture) {
    this.picture = picture;
    Layout layout = picture.layout();
    scale = Math.min(1, MAX_LENGTH / Math.max(layout.width(), layout.height()));
  }

  /**
   * A page.
   *
   * @param operators what draws it, in ASCII
   * @param width in points
   * @param height in points
   */
  record Page(String operators, double width, double height) {}

  /** Draws a picture on a page of its size. */
  static Page of(Picture picture) {
    PageContent content = new PageContent(picture);
    content.draw();
    Layout layout = picture.layout();
    return new Page(
        content.out.toString(), layout.width() * content.scale, layout.height() * content.scale);
  }

  private void draw() {
    if (scale < 1) {
      String factor = String.valueOf(scale);
      out.append(factor).append(" 0 0 ").append(factor).append(" 0 0 cm\n");
    }
    DrawGraph graph = picture.graph();
    if (picture.firstNode() > 0) {
      box(0, DrawNode.Shape.BOX, BOX_FILL, BLACK);
      text(Picture.legendLabel(graph), picture.layout().nodes().get(0), picture.sizes().get(0));
    }
    for (int edge = 0; edge < graph.edges().size(); edge++) {
      edge(graph.edges().get(edge), picture.layout().edges().get(edge));
    }
    for (int node = 0; node < graph.nodes().size(); node++) {
      node(graph.nodes().get(node), node + picture.firstNode());
    }
  }

  private void node(DrawNode node, int placed) {
    Rgb fill = node.fill().isDefault() ? BOX_FILL : node.fill();
    Rgb stroke = node.stroke().isDefault() ? BLACK : node.stroke();
    box(placed, node.shape(), fill, stroke);
    text(node.label(), picture.layout().nodes().get(placed), picture.sizes().get(placed));
  }

  private void box(int placed, DrawNode.Shape shape, Rgb fill, Rgb stroke) {
    Point center = picture.layout().nodes().get(placed);
    Size size = picture.sizes().get(placed);
    color(fill, "rg").color(stroke, "RG").op("1 w [] 0 d 0 J");
    if (shape == DrawNode.Shape.BOX3D) {
      path(SolidBox.outline(center, size)).op("h B");
      SolidBox.ridges(center, size).forEach(ridge -> path(ridge).op("S"));
    } else {
      double x = size.width() / 2;
      double y = size.height() / 2;
      path(List.of(center.plus(-x, -y), center.plus(x, -y), center.plus(x, y), center.plus(-x, y)))
          .op("h B");
    }
  }

  private void edge(DrawEdge edge, Arrow arrow) {
    Rgb color = edge.pen().color().isDefault() ? BLACK : edge.pen().color();
    color(color, "rg").color(color, "RG").op(edge.pen().width() + " w " + dashes(edge.pen()));
    List<Point> curve = arrow.curve();
    point(curve.get(0)).op("m");
    for (int index = 1; index < curve.size(); index += 3) {
      point(curve.get(index)).point(curve.get(index + 1)).point(curve.get(index + 2)).op("c");
    }
    op("S");
    path(Arrowheads.triangle(arrow, edge.pen().width())).op("h f");
    arrow.label().ifPresent(center -> text(edge.label(), center, Size.NONE));
  }

  private static String dashes(DrawEdge.Pen pen) {
    return switch (pen.style()) {
      case SOLID -> "[] 0 d 0 J";
      case DOTTED -> "[1 5] 0 d 1 J";
      case DASHED -> "[5 3] 0 d 0 J";
    };
  }

  private void text(Label label, Point center, Size box) {
    List<String> shown = label.lines().stream().map(WinAnsi::replaceOthers).toList();
    color(BLACK, "rg");
    for (TextLine line :
        TextLine.of(new Label(shown, label.fontSize(), label.align()), center, box)) {
      out.append("BT /F ").append(label.fontSize()).append(" Tf ");
      point(new Point(line.left(), line.base()));
      op("Td " + WinAnsi.literal(line.text()) + " Tj ET");
    }
  }

  private PageContent path(List<Point> points) {
    for (int index = 0; index < points.size(); index++) {
      point(points.get(index)).op(index == 0 ? "m" : "l");
    }
    return this;
  }

  private PageContent color(Rgb color, String operator) {
    for (int shift = 16; shift >= 0; shift -= 8) {
      out.append(thousandths((color.value() >> shift & 0xFF) / 255.0)).append(' ');
    }
    return op(operator);
  }

  private static String thousandths(double fraction) {
    return String.valueOf(Math.round(fraction * 1000) / 1000.0);
  }

  /** Pages count from the lower left corner. */
  private PageContent point(Point point) {
    out.append(Decimal.of(point.x())).append(' ');
    out.append(Decimal.of(picture.layout().height() - point.y())).append(' ');
    return this;
  }

  private PageContent op(String operators) {
    out.append(operators).append('\n');
    return this;
  }
}
