// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class GifWriterTest {
  @Test
  void paintsWhatPngShows() throws IOException {
    DrawEdge.Pen pen = new DrawEdge.Pen(5, TestPictures.RED, DrawEdge.Pen.Style.SOLID);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    GifWriter.write(TestPictures.chain(3, pen), out);

    assertThat(out.toString(StandardCharsets.ISO_8859_1)).startsWith("GIF89a");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(image.getRGB(image.getWidth() / 2, 12) & 0xFFFFFF)
        .isEqualTo(TestPictures.PINK.value());
    assertThat(TestPictures.count(image, TestPictures.RED)).isGreaterThan(100);
  }

  @Test
  void keepsTheColorsOfManyBoxesExactly() throws IOException {
    // given more shades at the edges of letters and lines than a palette has room for
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    GifWriter.write(TestPictures.of("main"), out);

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    for (int color : new int[] {0xFFFFFF, 0xF8F8F8, 0x000000, 0xEDD5D5, 0xB20000}) {
      assertThat(TestPictures.count(image, new Rgb(color))).as("%06x", color).isPositive();
    }
  }
}
