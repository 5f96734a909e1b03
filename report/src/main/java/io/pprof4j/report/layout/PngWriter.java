// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/**
 * Draws graphs as PNG images.
 *
 * <p>It needs the module {@code java.desktop}, as {@link GifWriter} does; a runtime without it can
 * do everything else.
 */
public final class PngWriter {
  private PngWriter() {}

  /**
   * Lays a graph out and writes it.
   *
   * @throws IOException if {@code out} does
   */
  public static void write(DrawGraph graph, OutputStream out) throws IOException {
    if (!ImageIO.write(RasterImage.of(graph), "png", out)) {
      throw new IllegalStateException("this runtime cannot write PNG images");
    }
  }
}
