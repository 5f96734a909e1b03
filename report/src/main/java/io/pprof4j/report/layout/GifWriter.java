// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** Draws graphs as GIF images of 256 colours; needs the module {@code java.desktop}. */
public final class GifWriter {
  /*
   * The most frequent colours of a graph are those of its boxes and lines, so they are kept exactly.
   * The others are shades along slanted lines and letters, for which the nearest one will do.
   */
  private static final int COLORS = 256;

  private GifWriter() {}

  /**
   * Lays a graph out and writes it.
   *
   * @throws IOException if {@code out} does
   */
  public static void write(DrawGraph graph, OutputStream out) throws IOException {
    if (!ImageIO.write(reduced(RasterImage.of(graph)), "gif", out)) {
      throw new IllegalStateException("this runtime cannot write GIF images");
    }
  }

  private static BufferedImage reduced(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] palette = mostFrequent(image);
    Map<Integer, Byte> nearest = new HashMap<>();
    BufferedImage result =
        new BufferedImage(
            width,
            height,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, palette.length, palette, 0, false, -1, 0));
    byte[] pixels = ((DataBufferByte) result.getRaster().getDataBuffer()).getData();
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] =
            nearest.computeIfAbsent(row[x], color -> (byte) nearest(color, palette));
      }
    }
    return result;
  }

  private static int[] mostFrequent(BufferedImage image) {
    Map<Integer, int[]> counts = new HashMap<>();
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int color : row) {
        counts.computeIfAbsent(color, unseen -> new int[1])[0]++;
      }
    }
    Comparator<Map.Entry<Integer, int[]>> byCount =
        Comparator.comparingInt(entry -> -entry.getValue()[0]);
    return counts.entrySet().stream()
        .sorted(byCount.thenComparing(Map.Entry::getKey))
        .limit(COLORS)
        .mapToInt(Map.Entry::getKey)
        .toArray();
  }

  private static int nearest(int color, int[] palette) {
    int best = 0;
    for (int index = 1; index < palette.length; index++) {
      if (distance(color, palette[index]) < distance(color, palette[best])) {
        best = index;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int difference = (one >> shift & 0xFF) - (other >> shift & 0xFF);
      sum += difference * difference;
    }
    return sum;
  }
}
