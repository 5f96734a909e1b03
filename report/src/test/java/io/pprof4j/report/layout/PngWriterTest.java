// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.report.layout.DrawEdge.Pen;
import io.pprof4j.report.layout.DrawEdge.Pull;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngWriterTest {
  private static final Rgb FILL = new Rgb(0xEDD5D5);
  private static final Rgb RED = new Rgb(0xB20000);

  @Test
  void paintsBoxesAndArrowsInTheirColors() throws IOException {
    DrawGraph graph = chain(2, new Pen(5, RED, Pen.Style.SOLID));

    BufferedImage image = paint(graph);

    // then: 96 dots an inch, the upper box at the top, and the arrow in the middle below it
    assertThat(image.getWidth()).isBetween(72, 200);
    assertThat(image.getRGB(image.getWidth() / 2, 12) & 0xFFFFFF).isEqualTo(FILL.value());
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(count(image, RED)).isGreaterThan(100);
  }

  @Test
  void boundsTheImage() throws IOException {
    BufferedImage image = paint(chain(3000, Pen.DEFAULT));

    assertThat((long) image.getWidth() * image.getHeight()).isLessThan(17_000_000);
  }

  private static int count(BufferedImage image, Rgb color) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == color.value() ? 1 : 0;
      }
    }
    return count;
  }

  private static DrawGraph chain(int count, Pen pen) {
    // An empty label keeps letters, whose pixels depend on the machine's fonts, out of the way.
    Label none = Label.centered(List.of());
    DrawNode node = new DrawNode("n", "n", none, DrawNode.Shape.BOX, RED, FILL, "");
    List<DrawEdge> edges = new ArrayList<>();
    for (int callee = 1; callee < count; callee++) {
      edges.add(new DrawEdge(callee - 1, callee, none, Pull.DEFAULT, pen, ""));
    }
    return new DrawGraph("chain", List.of(), Collections.nCopies(count, node), edges);
  }

  private static BufferedImage paint(DrawGraph graph) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PngWriter.write(graph, out);
    return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
  }
}
