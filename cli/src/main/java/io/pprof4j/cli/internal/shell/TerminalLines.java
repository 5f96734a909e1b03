// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.shell;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** Lines typed at a terminal, with editing, completion and a history that outlives the run. */
public final class TerminalLines implements LineSource, AutoCloseable {
  private static final String PROMPT = "(pprof) ";

  private final Terminal terminal;
  private final LineReader reader;

  private TerminalLines(Terminal terminal, LineReader reader) {
    this.terminal = terminal;
    this.reader = reader;
  }

  /**
   * Takes over the terminal.
   *
   * @param profile whose functions are completed
   * @throws IOException if the terminal cannot be used
   */
  public static TerminalLines open(CliEnvironment environment, Profile profile) throws IOException {
    // The exec provider needs no native code, about which newer JDKs would warn the user.
    Terminal terminal =
        TerminalBuilder.builder().system(true).exec(true).jni(false).ffm(false).dumb(true).build();
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("pprof")
            .terminal(terminal)
            .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(null))
            .completer(new ShellCompleter(profile))
            .history(new DefaultHistory())
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, false);
    Path history = history(environment);
    if (history != null) {
      builder.variable(LineReader.HISTORY_FILE, history);
    }
    return new TerminalLines(terminal, builder.build());
  }

  /** Where the history is kept; null if there is no place for it. */
  private static @Nullable Path history(CliEnvironment environment) {
    String configured = environment.variable("XDG_STATE_HOME");
    String home = environment.variable("HOME");
    if (configured.isEmpty() && home.isEmpty()) {
      return null;
    }
    Path directory =
        environment
            .resolve(configured.isEmpty() ? home + "/.local/state" : configured)
            .resolve("pprof");
    try {
      return privateFile(directory);
    } catch (IOException noPlace) {
      return null;
    }
  }

  /** What was typed may name what nobody else shall read. */
  private static Path privateFile(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("history");
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (posix != null) {
      posix.setPermissions(PosixFilePermissions.fromString("rw-------"));
    }
    return file;
  }

  /** Ctrl-C clears the line, Ctrl-D on an empty line ends the input. */
  @Override
  public @Nullable String next() {
    while (true) {
      try {
        return reader.readLine(PROMPT);
      } catch (UserInterruptException lineCleared) {
        // A new prompt is the answer.
      } catch (EndOfFileException end) {
        return null;
      }
    }
  }

  /**
   * Runs a command that Ctrl-C ends. The thread that works on it is interrupted then, which ends
   * its loops ({@code Interrupts}); it is not waited for, and nothing it still writes is shown.
   */
  @Override
  public void run(ShellTask task) throws CliException {
    FutureTask<@Nullable Void> result =
        new FutureTask<>(
            () -> {
              task.run();
              return null;
            });
    Terminal.SignalHandler before =
        terminal.handle(Terminal.Signal.INT, signal -> result.cancel(true));
    try {
      Thread worker = new Thread(result, "pprof-command");
      worker.setDaemon(true);
      worker.start();
      result.get();
    } catch (CancellationException cancelled) {
      throw new CliException("interrupted");
    } catch (ExecutionException failure) {
      throw failure(failure.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
    }
  }

  private static CliException failure(@Nullable Throwable cause) {
    if (cause instanceof CliException told) {
      return told;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(cause);
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
