// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Arrow;
import io.pprof4j.report.layout.Layout.Point;
import io.pprof4j.report.layout.LayoutGraph.Size;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Draws graphs as SVG files that need nothing else. Element ids follow Graphviz: {@code graph0},
 * and for nodes those of {@link DrawNode#id}. All text is escaped, there are no links, and the only
 * script is our own.
 */
public final class SvgWriter {
  private static final String FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif";
  private static final double ASCENT = 0.75;

  private final Picture picture;
  private final DrawGraph graph;
  private final StringBuilder out = new StringBuilder();

  /** Pairs of dark colours by their number; null if elements carry theirs in style attributes. */
  private final @Nullable Map<String, Integer> darkPairs;

  /** What a viewer can do with the drawing. */
  public enum Interaction {
    /** A still picture of its natural size, without script. */
    NONE,
    /** The picture fills its window; mouse, touch and keys move and magnify it. */
    PAN_ZOOM
  }

  private SvgWriter(Picture picture, @Nullable Map<String, Integer> darkPairs) {
    this.picture = picture;
    this.graph = picture.graph();
    this.darkPairs = darkPairs;
  }

  /**
   * A drawing to be put into a page.
   *
   * @param svg an element without script and style, which a page with a strict content security
   *     policy can hold
   * @param css the variables {@code --f} and {@code --s} of elements, their fill and stroke on a
   *     dark background: what a style element of that page is to hold
   * @param width natural width in points
   * @param height natural height in points
   */
  public record Fragment(String svg, String css, double width, double height) {}

  /** Lays a graph out and writes it as a part of a page. */
  public static Fragment fragment(DrawGraph graph) {
    Map<String, Integer> darkPairs = new LinkedHashMap<>();
    SvgWriter writer = new SvgWriter(Picture.of(graph), darkPairs);
    Layout layout = writer.picture.layout();
    writer.out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"graph\" viewBox=\"0 0 ");
    writer.out.append(Decimal.of(layout.width())).append(' ').append(Decimal.of(layout.height()));
    writer.out.append("\" role=\"img\" font-family=\"").append(FONT).append("\">\n");
    writer.drawing();
    writer.out.append("</svg>\n");
    StringBuilder css = new StringBuilder();
    darkPairs.forEach(
        (pair, number) ->
            css.append("[data-c=\"").append(number).append("\"]{").append(pair).append("}\n"));
    return new Fragment(writer.out.toString(), css.toString(), layout.width(), layout.height());
  }

  /**
   * Lays a graph out and writes it.
   *
   * @throws IOException if {@code out} does
   */
  public static void write(DrawGraph graph, Interaction interaction, Appendable out)
      throws IOException {
    out.append(new SvgWriter(Picture.of(graph), null).document(interaction));
  }

  private String document(Interaction interaction) {
    Layout layout = picture.layout();
    boolean moves = interaction == Interaction.PAN_ZOOM;
    out.append(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
    out.append(moves ? " width=\"100%\" height=\"100%\"" : naturalSize(layout));
    out.append(" viewBox=\"0 0 ").append(Decimal.of(layout.width())).append(' ');
    out.append(Decimal.of(layout.height())).append("\" role=\"img\" font-family=\"").append(FONT);
    out.append("\">\n<title>").append(XmlText.escape(graph.title())).append("</title>\n");
    out.append("<style>").append(resource("graph.css")).append("</style>\n");
    drawing();
    if (moves) {
      out.append("<script>").append(resource("panzoom.js")).append("</script>\n");
    }
    return out.append("</svg>\n").toString();
  }

  private void drawing() {
    out.append("<g id=\"graph0\" class=\"graph\">\n");
    legend();
    for (int edge = 0; edge < graph.edges().size(); edge++) {
      edge(edge);
    }
    for (int node = 0; node < graph.nodes().size(); node++) {
      node(node);
    }
    out.append("</g>\n");
  }

  private static String naturalSize(Layout layout) {
    return " width=\"%spt\" height=\"%spt\""
        .formatted(Decimal.of(layout.width()), Decimal.of(layout.height()));
  }

  /** A file of this package that goes into a style or script element, where "<" ends nothing. */
  private static String resource(String name) {
    return "<![CDATA[\n" + text(name) + "]]>";
  }

  private static String text(String name) {
    try (InputStream in = SvgWriter.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void legend() {
    if (graph.legend().isEmpty()) {
      return;
    }
    Point center = picture.layout().nodes().get(0);
    Size size = picture.sizes().get(0);
    out.append("<g id=\"legend\" class=\"legend\">");
    box(
        center,
        size,
        "class=\"b\" fill=\"#f8f8f8\" stroke=\"#000000\"" + dark(new Rgb(0xF8F8F8), new Rgb(0)));
    lines(Picture.legendLabel(graph), center, size);
    out.append("</g>\n");
  }

  private void node(int index) {
    DrawNode node = graph.nodes().get(index);
    int placed = index + picture.firstNode();
    Point center = picture.layout().nodes().get(placed);
    Size size = picture.sizes().get(placed);
    Rgb fill = node.fill().isDefault() ? new Rgb(0xF8F8F8) : node.fill();
    Rgb stroke = node.stroke().isDefault() ? new Rgb(0) : node.stroke();
    out.append("<g id=\"").append(XmlText.escape(node.id())).append("\" class=\"node\">");
    tooltip(node.tooltip());
    String paint =
        "class=\"b\" fill=\"%s\" stroke=\"%s\"%s"
            .formatted(fill.hex(), stroke.hex(), dark(fill, stroke));
    if (node.shape() == DrawNode.Shape.BOX3D) {
      body(center, size, paint);
    } else {
      box(center, size, paint);
    }
    lines(node.label(), center, size);
    out.append("</g>\n");
  }

  private String dark(Rgb fill, Rgb stroke) {
    String pair =
        "--f:%s;--s:%s".formatted(DarkColors.ofFill(fill).hex(), DarkColors.ofStroke(stroke).hex());
    return darkPairs == null
        ? " style=\"" + pair + '"'
        : " data-c=\"" + darkPairs.computeIfAbsent(pair, unseen -> darkPairs.size()) + '"';
  }

  private void box(Point center, Size size, String paint) {
    out.append("<rect x=\"").append(Decimal.of(center.x() - size.width() / 2));
    out.append("\" y=\"").append(Decimal.of(center.y() - size.height() / 2));
    out.append("\" width=\"").append(Decimal.of(size.width()));
    out.append("\" height=\"")
        .append(Decimal.of(size.height()))
        .append("\" ")
        .append(paint)
        .append("/>");
  }

  private void body(Point center, Size size, String paint) {
    out.append("<path ").append(paint).append(" d=\"M");
    points(SolidBox.outline(center, size));
    out.append('Z');
    for (List<Point> ridge : SolidBox.ridges(center, size)) {
      out.append('M');
      points(ridge);
    }
    out.append("\"/>");
  }

  private void points(List<Point> points) {
    for (int index = 0; index < points.size(); index++) {
      out.append(index == 0 ? "" : " ").append(Decimal.of(points.get(index).x())).append(',');
      out.append(Decimal.of(points.get(index).y()));
    }
  }

  private void tooltip(String text) {
    if (!text.isEmpty()) {
      out.append("<title>").append(XmlText.escape(text)).append("</title>");
    }
  }

  private void edge(int index) {
    DrawEdge edge = graph.edges().get(index);
    Arrow arrow = picture.layout().edges().get(index);
    Rgb color = edge.pen().color().isDefault() ? new Rgb(0) : edge.pen().color();
    out.append("<g id=\"edge").append(index + 1).append("\" class=\"edge\">");
    tooltip(edge.tooltip());
    out.append("<path class=\"l\" fill=\"none\" stroke=\"").append(color.hex()).append('"');
    out.append(dark(color, color)).append(pen(edge.pen())).append(" d=\"");
    curve(arrow.curve());
    out.append("\"/>");
    head(
        arrow,
        edge.pen(),
        "class=\"a\" fill=\"%s\" stroke=\"%s\"%s"
            .formatted(color.hex(), color.hex(), dark(color, color)));
    arrow.label().ifPresent(center -> lines(edge.label(), center, Size.NONE));
    out.append("</g>\n");
  }

  private static String pen(DrawEdge.Pen pen) {
    String width = pen.width() == 1 ? "" : " stroke-width=\"" + pen.width() + '"';
    return switch (pen.style()) {
      case SOLID -> width;
      case DOTTED -> width + " stroke-dasharray=\"1 5\" stroke-linecap=\"round\"";
      case DASHED -> width + " stroke-dasharray=\"5 3\"";
    };
  }

  private void curve(List<Point> curve) {
    for (int index = 0; index < curve.size(); index++) {
      out.append(index == 0 ? "M" : index == 1 ? "C" : " ");
      out.append(Decimal.of(curve.get(index).x()))
          .append(',')
          .append(Decimal.of(curve.get(index).y()));
    }
  }

  private void head(Arrow arrow, DrawEdge.Pen pen, String paint) {
    out.append("<polygon ").append(paint).append(" points=\"");
    points(Arrowheads.triangle(arrow, pen.width()));
    out.append("\"/>");
  }

  private void lines(Label label, Point center, Size box) {
    double step = label.fontSize() * Picture.LINE_HEIGHT;
    double y =
        center.y()
            - step * label.lines().size() / 2
            + (step - label.fontSize()) / 2
            + label.fontSize() * ASCENT * 1.1;
    boolean left = label.align() == Label.Align.LEFT;
    double x = left ? center.x() - box.width() / 2 + 8 : center.x();
    for (String line : label.lines()) {
      String text = line.strip();
      if (!text.isEmpty()) {
        out.append("<text x=\"").append(Decimal.of(x)).append("\" y=\"").append(Decimal.of(y));
        out.append(left ? "\"" : "\" text-anchor=\"middle\"");
        out.append(" font-size=\"").append(label.fontSize()).append("\" textLength=\"");
        out.append(Decimal.of(TextWidths.of(text, label.fontSize())));
        out.append("\" lengthAdjust=\"spacingAndGlyphs\">");
        out.append(XmlText.escape(text)).append("</text>");
      }
      y += step;
    }
  }
}
