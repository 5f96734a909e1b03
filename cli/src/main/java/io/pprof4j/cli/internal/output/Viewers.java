// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.output;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.flags.Command;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.FileErrors;
import io.pprof4j.cli.internal.system.Programs;
import io.pprof4j.cli.internal.system.TemporaryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Shows reports in other programs. */
public final class Viewers {
  /**
   * How long a file is kept at least after its viewer has started: the program may only be a
   * wrapper that asks a running browser to open it and ends at once.
   */
  private static final long OPENING_SECONDS = 1;

  private final CliEnvironment environment;
  private final TemporaryFiles temporaryFiles;

  /**
   * Viewers of this environment; what they show stays in temporary files until the command ends.
   */
  public Viewers(CliEnvironment environment, TemporaryFiles temporaryFiles) {
    this.environment = environment;
    this.temporaryFiles = temporaryFiles;
  }

  /**
   * Writes a report to a temporary file and opens it. On the command line the viewer is waited for;
   * in the shell it runs on beside it.
   *
   * @throws CliException if no viewer can be started or it fails
   */
  void show(Command command, byte[] report, ReportRunner.Mode mode) throws CliException {
    Path file = temporaryFiles.createDoomed("pprof", "." + command.suffix());
    try {
      Files.write(file, report);
    } catch (IOException e) {
      throw new CliException(FileErrors.describe("write", e));
    }
    open(candidates(command), file.toString(), mode);
  }

  /** Opens an address in a browser, and does not wait for it. */
  public void browse(String address) throws CliException {
    open(browsers(), address, ReportRunner.Mode.SHELL);
  }

  private List<String> candidates(Command command) {
    return command.viewers().isEmpty() ? browsers() : command.viewers();
  }

  private List<String> browsers() {
    List<String> browsers = new ArrayList<>();
    if (!environment.variable("BROWSER").isEmpty()) {
      browsers.add(environment.variable("BROWSER"));
    }
    String system = System.getProperty("os.name", "");
    if (system.startsWith("Mac")) {
      browsers.add("/usr/bin/open");
    } else if (system.startsWith("Windows")) {
      browsers.add("cmd /c start");
    } else {
      browsers.addAll(
          List.of("chrome", "google-chrome", "chromium", "firefox", "sensible-browser"));
      if (!environment.variable("DISPLAY").isEmpty()) {
        browsers.add("xdg-open");
      }
    }
    return browsers;
  }

  private void open(List<String> candidates, String target, ReportRunner.Mode mode)
      throws CliException {
    String failure = "";
    for (String candidate : candidates) {
      List<String> words = new ArrayList<>(Arrays.asList(candidate.split(" ", -1)));
      Path program = Programs.find(words.get(0), environment);
      if (program == null) {
        failure = Programs.notFound(words.get(0));
        continue;
      }
      words.set(0, program.toString());
      words.add(target);
      try {
        await(start(words), mode);
        return;
      } catch (IOException e) {
        failure = String.valueOf(e.getMessage());
      }
    }
    throw new CliException(failure);
  }

  private Process start(List<String> words) throws IOException {
    return new ProcessBuilder(words)
        .directory(environment.workingDirectory().toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void await(Process viewer, ReportRunner.Mode mode) throws CliException {
    try {
      if (mode == ReportRunner.Mode.SHELL) {
        viewer.waitFor(OPENING_SECONDS, TimeUnit.SECONDS);
        return;
      }
      long started = System.nanoTime();
      int status = viewer.waitFor();
      long left = TimeUnit.SECONDS.toNanos(OPENING_SECONDS) - (System.nanoTime() - started);
      TimeUnit.NANOSECONDS.sleep(left);
      if (status != 0) {
        throw new CliException("exit status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted");
    }
  }
}
