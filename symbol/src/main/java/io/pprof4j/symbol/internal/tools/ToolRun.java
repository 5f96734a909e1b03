// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.tools;

import io.pprof4j.profile.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs programs that print what they know and end. No shell sees their arguments. */
public final class ToolRun {
  /** Symbols of the largest binaries take some seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The symbols of a browser with all debug information are 100 MB. */
  private static final int MAX_OUTPUT = 512 << 20;

  private ToolRun() {}

  /**
   * What a program prints on standard output.
   *
   * @param command the program and its arguments
   * @throws IOException if it cannot be started, fails, prints too much or does not end
   */
  public static String output(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    AtomicBoolean late = new AtomicBoolean();
    CompletableFuture<Process> end =
        process
            .onExit()
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .exceptionally(
                timeout -> {
                  late.set(true);
                  return process.destroyForcibly();
                });
    try (InputStream in = process.getInputStream()) {
      process.getOutputStream().close();
      byte[] bytes = in.readNBytes(MAX_OUTPUT);
      if (bytes.length == MAX_OUTPUT) {
        throw new IOException(shown(command) + ": it prints more than " + MAX_OUTPUT + " bytes");
      }
      int status = end.join().waitFor();
      if (late.get()) {
        throw new IOException(
            shown(command) + ": it did not end within " + PATIENCE.toSeconds() + " s");
      }
      if (status != 0) {
        throw new IOException(shown(command) + ": exit status " + status);
      }
      return Utf8.decode(bytes, 0, bytes.length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** A command as Go prints lists. */
  private static String shown(List<String> command) {
    return "[" + String.join(" ", command) + "]";
  }
}
