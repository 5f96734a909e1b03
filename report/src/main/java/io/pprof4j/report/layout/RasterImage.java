// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Arrow;
import io.pprof4j.report.layout.Layout.Point;
import io.pprof4j.report.layout.LayoutGraph.Size;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints graphs by Java2D, which works without a display. Text needs a font on the machine. */
final class RasterImage {
  /** 96 dots an inch, as Graphviz. */
  private static final double SCALE = 96 / 72.0;

  /** Larger drawings are drawn smaller: 64 MB of memory at 4 bytes a pixel. */
  private static final double MAX_PIXELS = 16_000_000;

  private final Picture picture;
  private final Graphics2D canvas;

  private RasterImage(Picture picture, Graphics2D canvas) {
    this.picture = picture;
    this.canvas = canvas;
  }

  /** Lays a graph out and paints it. */
  static BufferedImage of(DrawGraph graph) {
    Picture picture = Picture.of(graph);
    Layout layout = picture.layout();
    double fit = Math.sqrt(MAX_PIXELS / (layout.width() * layout.height()));
    double scale = Math.min(SCALE, fit);
    int width = (int) Math.max(1, Math.ceil(layout.width() * scale));
    int height = (int) Math.max(1, Math.ceil(layout.height() * scale));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    try {
      canvas.setColor(Color.WHITE);
      canvas.fillRect(0, 0, width, height);
      canvas.scale(scale, scale);
      new RasterImage(picture, canvas).paint();
    } finally {
      canvas.dispose();
    }
    return image;
  }

  private void paint() {
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    DrawGraph graph = picture.graph();
    if (picture.firstNode() > 0) {
      Rectangle2D box = box(0);
      outline(box, new Color(0xF8F8F8), Color.BLACK);
      text(Picture.legendLabel(graph), picture.layout().nodes().get(0), picture.sizes().get(0));
    }
    for (int edge = 0; edge < graph.edges().size(); edge++) {
      edge(graph.edges().get(edge), picture.layout().edges().get(edge));
    }
    for (int node = 0; node < graph.nodes().size(); node++) {
      node(graph.nodes().get(node), node + picture.firstNode());
    }
  }

  private Rectangle2D box(int placed) {
    Point center = picture.layout().nodes().get(placed);
    Size size = picture.sizes().get(placed);
    return new Rectangle2D.Double(
        center.x() - size.width() / 2, center.y() - size.height() / 2, size.width(), size.height());
  }

  private void outline(java.awt.Shape shape, Color fill, Color stroke) {
    canvas.setColor(fill);
    canvas.fill(shape);
    canvas.setColor(stroke);
    canvas.setStroke(new BasicStroke(1));
    canvas.draw(shape);
  }

  private static Color color(Rgb rgb, int otherwise) {
    return new Color(rgb.isDefault() ? otherwise : rgb.value());
  }

  private void node(DrawNode node, int placed) {
    Color fill = color(node.fill(), 0xF8F8F8);
    Color stroke = color(node.stroke(), 0);
    Point center = picture.layout().nodes().get(placed);
    Size size = picture.sizes().get(placed);
    if (node.shape() == DrawNode.Shape.BOX3D) {
      body(center, size, fill, stroke);
    } else {
      outline(box(placed), fill, stroke);
    }
    text(node.label(), center, size);
  }

  private void body(Point center, Size size, Color fill, Color stroke) {
    Path2D outline = path(SolidBox.outline(center, size));
    outline.closePath();
    outline(outline, fill, stroke);
    SolidBox.ridges(center, size).forEach(ridge -> canvas.draw(path(ridge)));
  }

  private static Path2D path(List<Point> points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points.get(0).x(), points.get(0).y());
    points.subList(1, points.size()).forEach(point -> path.lineTo(point.x(), point.y()));
    return path;
  }

  private void edge(DrawEdge edge, Arrow arrow) {
    canvas.setColor(color(edge.pen().color(), 0));
    canvas.setStroke(stroke(edge.pen()));
    Path2D line = new Path2D.Double();
    List<Point> curve = arrow.curve();
    line.moveTo(curve.get(0).x(), curve.get(0).y());
    for (int index = 1; index < curve.size(); index += 3) {
      Point a = curve.get(index);
      Point b = curve.get(index + 1);
      Point end = curve.get(index + 2);
      line.curveTo(a.x(), a.y(), b.x(), b.y(), end.x(), end.y());
    }
    canvas.draw(line);
    Path2D head = path(Arrowheads.triangle(arrow, edge.pen().width()));
    head.closePath();
    canvas.fill(head);
    arrow.label().ifPresent(center -> text(edge.label(), center, Size.NONE));
  }

  private static BasicStroke stroke(DrawEdge.Pen pen) {
    float[] dashes =
        switch (pen.style()) {
          case SOLID -> new float[0];
          case DOTTED -> new float[] {1, 5};
          case DASHED -> new float[] {5, 3};
        };
    return dashes.length == 0
        ? new BasicStroke(pen.width())
        : new BasicStroke(pen.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  private void text(Label label, Point center, Size box) {
    canvas.setColor(Color.BLACK);
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, label.fontSize());
    for (TextLine line : TextLine.of(label, center, box)) {
      stretched(line, font);
    }
  }

  /** Draws text at the width that the layout reckoned with, whatever the font at hand. */
  private void stretched(TextLine line, Font font) {
    double natural = font.getStringBounds(line.text(), canvas.getFontRenderContext()).getWidth();
    AffineTransform before = canvas.getTransform();
    canvas.translate(line.left(), line.base());
    if (natural > 0 && line.width() > 0) {
      canvas.scale(line.width() / natural, 1);
    }
    canvas.setFont(font);
    canvas.drawString(line.text(), 0, 0);
    canvas.setTransform(before);
  }
}
