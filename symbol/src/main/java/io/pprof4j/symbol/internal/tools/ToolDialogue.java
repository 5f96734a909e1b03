// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that answers questions line by line until its input ends. */
final class ToolDialogue implements AutoCloseable {
  /** The first answer comes when all debug information is read. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;
  private final ExecutorService reader;

  /**
   * Starts a program. No shell sees its arguments.
   *
   * @throws IOException if it cannot be started
   */
  ToolDialogue(List<String> command) throws IOException {
    name = command.get(0);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    questions = new OutputStreamWriter(process.getOutputStream(), UTF_8);
    reader =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "pprof4j-symbolizer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Reads an answer, line by line. */
  @FunctionalInterface
  interface Answer<T> {
    T read(BufferedReader lines) throws IOException;
  }

  /**
   * Asks, and reads the answer.
   *
   * @throws IOException if the program ends, or does not answer in time, which ends it
   */
  <T> T ask(String question, Answer<T> answer) throws IOException {
    questions.write(question);
    questions.flush();
    Callable<T> reading = () -> answer.read(answers);
    try {
      return reader.submit(reading).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new IOException(name + " does not answer", e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
    process.destroyForcibly();
  }
}
