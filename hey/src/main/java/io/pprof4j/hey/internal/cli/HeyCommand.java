// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import io.pprof4j.flags.GoQuote;
import io.pprof4j.flags.HelpRequestedException;
import io.pprof4j.flags.UsageException;
import io.pprof4j.hey.Hey;
import io.pprof4j.hey.HeyBuilder;
import io.pprof4j.hey.Report;
import io.pprof4j.hey.internal.print.HdrPrinter;
import io.pprof4j.hey.internal.profiling.CostPrinter;
import io.pprof4j.hey.internal.profiling.TargetProfiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command: reads flags, runs, prints, and tells the exit code. */
public final class HeyCommand {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int BAD_FLAGS = 2;
  private static final int CONDITION_HOLDS = 3;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final HeyFlags flags = new HeyFlags();
  private volatile Optional<Hey> running = Optional.empty();
  private volatile Optional<TargetProfiler> profiling = Optional.empty();
  private volatile boolean stopped;

  /** Makes the command with the streams it talks to. */
  public HeyCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /**
   * Ends the run at once; what was measured is printed. The second time it does not wait for the
   * last profiles of the target any longer either. For any thread.
   */
  public void stop() {
    if (stopped) {
      profiling.ifPresent(TargetProfiler::giveUp);
    }
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
    List<FailCondition> conditions = FailCondition.parse(flags.failOn.value());
    String kind = flags.json.value() ? "json" : flags.output.value();
    ReportOutput output = ReportOutput.of(kind, out, builder);
    Optional<TargetProfiler> profiler = profiler();
    profiling = profiler;
    profiler.ifPresent(target -> builder.beforeMeasuring(target::begin));
    Hey hey = builder.build();
    running = Optional.of(hey);
    if (stopped) {
      hey.stop();
    }
    if (!stopped) {
      hey.warmUpEngine();
    }
    Report report = runWithProgress(hey);
    try {
      print(output, report, profiler);
    } catch (IllegalArgumentException e) {
      return failed(String.valueOf(e.getMessage()));
    }
    out.flush();
    if (!flags.hdrFile.value().isEmpty()) {
      String text = HdrPrinter.print(report.response().orElse(report.service()));
      Files.writeString(Path.of(flags.hdrFile.value()), text);
    }
    return exitCode(report, conditions);
  }

  private Optional<TargetProfiler> profiler() {
    String url = flags.profile.value();
    if (url.isEmpty()) {
      return Optional.empty();
    }
    Path directory = Path.of(flags.profileDirectory.value());
    return Optional.of(new TargetProfiler(url, directory, flags.duration.nanos()));
  }

  /** Prints the summary, which need not wait for the last profiles, and then the costs. */
  private void print(ReportOutput output, Report report, Optional<TargetProfiler> profiler)
      throws InterruptedException {
    if (profiler.isEmpty()) {
      output.print(report, Map.of());
      return;
    }
    TargetProfiler target = profiler.get();
    if (flags.json.value() || flags.output.value().equals("json")) {
      output.print(report, CostPrinter.fields(target, target.end(report)));
      return;
    }
    output.print(report, Map.of());
    out.flush();
    // The other machine-readable outputs stay as they are.
    PrintStream place = flags.output.value().isEmpty() ? out : err;
    place.print(CostPrinter.text(target, target.end(report)));
  }

  private Report runWithProgress(Hey hey) throws IOException, InterruptedException {
    boolean shown =
        switch (flags.progress.value()) {
          case "always" -> true;
          case "never" -> false;
          case "auto" -> ProgressLine.isTerminal();
          default ->
              throw new IllegalArgumentException(
                  "invalid value "
                      + GoQuote.quote(flags.progress.value())
                      + " for flag -progress: expected always, never or auto");
        };
    if (!shown) {
      return hey.run();
    }
    ProgressLine line = new ProgressLine(err, hey, flags.requests.value(), flags.duration.nanos());
    try {
      return hey.run();
    } finally {
      line.end();
    }
  }

  private int exitCode(Report report, List<FailCondition> conditions) {
    boolean broken = false;
    for (FailCondition condition : conditions) {
      if (condition.holds(report)) {
        err.println("hey: failed: " + condition.text());
        broken = true;
      }
    }
    if (broken) {
      return CONDITION_HOLDS;
    }
    return report.successes() == 0 ? FAILED : OK;
  }
}
