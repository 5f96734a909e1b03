// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.output;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.flags.GraphEngine;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Programs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Draws graphs by Graphviz, for those who ask for {@link GraphEngine#NATIVE}. */
final class Graphviz {
  private static final String FAILURE = "failed to execute dot. Is Graphviz installed? Error: ";

  private Graphviz() {}

  /**
   * Draws a graph.
   *
   * @param graph in the DOT language
   * @param format name of the output format, as {@code dot -T} takes it
   * @throws CliException if Graphviz is missing or fails
   */
  static byte[] draw(byte[] graph, String format, CliEnvironment environment) throws CliException {
    Path dot = Programs.find("dot", environment);
    if (dot == null) {
      throw new CliException(FAILURE + Programs.notFound("dot"));
    }
    try {
      Process process =
          new ProcessBuilder(dot.toString(), "-T" + format)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      Thread writer = new Thread(() -> write(process, graph), "pprof-dot");
      writer.setDaemon(true);
      writer.start();
      byte[] picture = read(process);
      int status = process.waitFor();
      if (status != 0) {
        throw new CliException(FAILURE + "exit status " + status);
      }
      return picture;
    } catch (IOException e) {
      throw new CliException(FAILURE + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted");
    }
  }

  private static byte[] read(Process process) throws IOException {
    try (InputStream in = process.getInputStream()) {
      ByteArrayOutputStream picture = new ByteArrayOutputStream();
      in.transferTo(picture);
      return picture.toByteArray();
    }
  }

  private static @Nullable Void write(Process process, byte[] graph) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(graph);
    } catch (IOException gone) {
      // The exit status of the program tells what is wrong with it.
      if (process.isAlive()) {
        throw new UncheckedIOException(gone);
      }
    }
    return null;
  }
}
