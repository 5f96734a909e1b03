// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import io.pprof4j.flags.HelpRequestedException;
import io.pprof4j.flags.UsageException;
import io.pprof4j.hey.Hey;
import io.pprof4j.hey.HeyBuilder;
import io.pprof4j.hey.Report;
import io.pprof4j.hey.internal.print.CsvPrinter;
import io.pprof4j.hey.internal.print.SummaryPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** The command: reads flags, runs, prints, and tells the exit code. */
public final class HeyCommand {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int BAD_FLAGS = 2;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final HeyFlags flags = new HeyFlags();
  private volatile Optional<Hey> running = Optional.empty();
  private volatile boolean stopped;

  /** Makes the command with the streams it talks to. */
  public HeyCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Ends the run at once; what was measured is printed. For any thread. */
  public void stop() {
    stopped = true;
    running.ifPresent(Hey::stop);
  }

  /**
   * Runs the command.
   *
   * @param arguments the command line
   * @return the exit code
   */
  public int run(String... arguments) throws InterruptedException {
    try {
      flags.set.parse(arguments);
      if (!flags.deprecatedHeader.value().isEmpty()) {
        return refused("Flag '-h' is deprecated, please use '-H' instead.");
      }
      return checked();
    } catch (HelpRequestedException e) {
      return help();
    } catch (UsageException e) {
      if ("flag needs an argument: -h".equals(e.getMessage())) {
        return help();
      }
      err.println(e.getMessage());
      err.print(flags.usage());
      return BAD_FLAGS;
    }
  }

  private int help() {
    err.print(flags.usage());
    return OK;
  }

  private int refused(String message) {
    if (!message.isEmpty()) {
      err.println(message + "\n");
    }
    err.println(flags.usage());
    return FAILED;
  }

  private int failed(String message) {
    err.println(message);
    return FAILED;
  }

  private int checked() throws InterruptedException {
    List<String> arguments = flags.set.arguments();
    if (arguments.isEmpty() && !flags.urls.isSet()) {
      return refused("");
    }
    Optional<String> refusal = checkCounts();
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    try {
      HeyBuilder builder = new OptionReader(flags, in).read();
      return load(builder);
    } catch (IllegalArgumentException e) {
      return refused(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      return failed("open " + e.getFile() + ": no such file or directory");
    } catch (IOException | UncheckedIOException e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> checkCounts() {
    long requests = flags.requests.value();
    long workers = flags.workers.value();
    if (flags.duration.nanos() > 0) {
      return workers <= 0 ? Optional.of("-c cannot be smaller than 1.") : Optional.empty();
    }
    if (requests <= 0 || workers <= 0) {
      return Optional.of("-n and -c cannot be smaller than 1.");
    }
    return requests < workers ? Optional.of("-n cannot be less than -c.") : Optional.empty();
  }

  private int load(HeyBuilder builder) throws IOException, InterruptedException {
    String output = flags.json.value() ? "json" : flags.output.value();
    CsvPrinter csv = null;
    if (output.equals("csv")) {
      csv = new CsvPrinter(out);
      builder.eachRequest(csv::row);
    }
    Hey hey = builder.build();
    running = Optional.of(hey);
    if (stopped) {
      hey.stop();
    }
    Report report = hey.run();
    if (csv != null) {
      csv.flush();
    } else {
      new SummaryPrinter(out).print(report);
    }
    out.flush();
    return report.successes() == 0 ? FAILED : OK;
  }
}
