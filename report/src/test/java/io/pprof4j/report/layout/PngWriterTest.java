// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.report.layout.DrawEdge.Pen;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngWriterTest {
  @Test
  void paintsBoxesAndArrowsInTheirColors() throws IOException {
    DrawGraph graph = TestPictures.chain(2, new Pen(5, TestPictures.RED, Pen.Style.SOLID));

    BufferedImage image = paint(graph);

    // then: 96 dots an inch, the upper box at the top, and the arrow in the middle below it
    assertThat(image.getWidth()).isBetween(72, 200);
    assertThat(image.getRGB(image.getWidth() / 2, 12) & 0xFFFFFF)
        .isEqualTo(TestPictures.PINK.value());
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(TestPictures.count(image, TestPictures.RED)).isGreaterThan(100);
  }

  @Test
  void boundsTheImage() throws IOException {
    BufferedImage image = paint(TestPictures.chain(3000, Pen.DEFAULT));

    assertThat((long) image.getWidth() * image.getHeight()).isLessThan(17_000_000);
  }

  private static BufferedImage paint(DrawGraph graph) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PngWriter.write(graph, out);
    return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
  }
}
