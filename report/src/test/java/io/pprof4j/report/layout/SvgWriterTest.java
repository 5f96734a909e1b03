// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.report.layout.DrawEdge.Pen;
import io.pprof4j.report.layout.DrawEdge.Pull;
import io.pprof4j.report.layout.DrawNode.Shape;
import io.pprof4j.report.layout.SvgWriter.Interaction;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgWriterTest {
  private static final String HOSTILE = "</title><script>alert(1)</script>\"'&]]>\u0000\uD800";

  @Test
  void writesNodesEdgesAndLegendWithTheirIds() throws Exception {
    Document svg = parse(write(graph("main"), Interaction.NONE));

    assertThat(element(svg, "graph0").getElementsByTagName("g").getLength()).isEqualTo(5);
    assertThat(texts(element(svg, "node1"))).containsExactly("main", "1s (50%)");
    assertThat(element(svg, "node1").getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("main (2s)");
    assertThat(texts(element(svg, "edge1"))).containsExactly("1s");
    assertThat(texts(element(svg, "legend"))).containsExactly("File: main");
    Element line = (Element) element(svg, "edge2").getElementsByTagName("path").item(0);
    assertThat(line.getAttribute("stroke-dasharray")).isEqualTo("1 5");
    assertThat(line.getAttribute("stroke-width")).isEqualTo("3");
    assertThat(line.getAttribute("stroke")).isEqualTo("#b20000");
  }

  @Test
  void keepsHostileTextText() throws Exception {
    String written = write(graph(HOSTILE), Interaction.NONE);

    Document svg = parse(written);
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(texts(element(svg, "node1")).get(0))
        .isEqualTo("</title><script>alert(1)</script>\"'&]]>\uFFFD\uFFFD");
    assertThat(written).doesNotContain("href", "<script");
  }

  @Test
  void movesAndMagnifiesOnlyIfAsked() throws Exception {
    Document svg = parse(write(graph("main"), Interaction.PAN_ZOOM));

    assertThat(svg.getElementsByTagName("script").getLength()).isEqualTo(1);
    assertThat(svg.getDocumentElement().getAttribute("width")).isEqualTo("100%");
    assertThat(
            parse(write(graph("main"), Interaction.NONE))
                .getElementsByTagName("script")
                .getLength())
        .isZero();
  }

  @Test
  void keepsTextInsideItsBox() throws Exception {
    Document svg =
        parse(write(graph("a.very.long.name.W日本語" + "x".repeat(5000)), Interaction.NONE));

    Element node = element(svg, "node1");
    Element box = (Element) node.getElementsByTagName("rect").item(0);
    double width = Double.parseDouble(box.getAttribute("width"));
    assertThat(width).isLessThan(3000);
    NodeList lines = node.getElementsByTagName("text");
    for (int line = 0; line < lines.getLength(); line++) {
      String length = ((Element) lines.item(line)).getAttribute("textLength");
      assertThat(Double.parseDouble(length)).isLessThanOrEqualTo(width - 15);
    }
  }

  @Test
  void writesAGraphWithoutNodes() throws Exception {
    DrawGraph graph = new DrawGraph("empty", List.of(), List.of(), List.of());

    Document svg = parse(write(graph, Interaction.NONE));

    assertThat(texts(svg.getDocumentElement())).isEmpty();
  }

  private static DrawGraph graph(String name) {
    DrawNode caller = node("node1", List.of(name, "1s (50%)"), Shape.BOX, name + " (2s)");
    DrawNode callee = node("node2", List.of("work", "1s (50%)"), Shape.BOX3D, "");
    Pen pen = new Pen(3, new Rgb(0xB20000), Pen.Style.DOTTED);
    DrawEdge call =
        new DrawEdge(0, 1, Label.centered(List.of(" 1s")), Pull.DEFAULT, Pen.DEFAULT, name);
    DrawEdge loop = new DrawEdge(1, 1, Label.centered(List.of()), Pull.DEFAULT, pen, name);
    return new DrawGraph(
        name, List.of("File: " + name), List.of(caller, callee), List.of(call, loop));
  }

  private static DrawNode node(String id, List<String> lines, Shape shape, String tooltip) {
    return new DrawNode(
        id, id, Label.centered(lines, 12), shape, new Rgb(0xB20000), new Rgb(0xEDD5D5), tooltip);
  }

  private static String write(DrawGraph graph, Interaction interaction) throws Exception {
    StringBuilder out = new StringBuilder();
    SvgWriter.write(graph, interaction, out);
    return out.toString();
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static Element element(Document svg, String id) {
    NodeList groups = svg.getElementsByTagName("g");
    for (int group = 0; group < groups.getLength(); group++) {
      if (((Element) groups.item(group)).getAttribute("id").equals(id)) {
        return (Element) groups.item(group);
      }
    }
    throw new AssertionError("no element " + id);
  }

  private static List<String> texts(Element group) {
    List<String> texts = new ArrayList<>();
    NodeList lines = group.getElementsByTagName("text");
    for (int line = 0; line < lines.getLength(); line++) {
      texts.add(lines.item(line).getTextContent());
    }
    return texts;
  }
}
