// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.fetch.SourceRequest;
import io.pprof4j.cli.internal.fetch.SourceRequest.Comparison;
import io.pprof4j.cli.internal.http.TlsFiles;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.flags.BoolFlag;
import io.pprof4j.flags.FlagSet;
import io.pprof4j.flags.IntFlag;
import io.pprof4j.flags.ListFlag;
import io.pprof4j.flags.StringFlag;
import io.pprof4j.flags.UsageException;
import io.pprof4j.report.CheckRules;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.ReportRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flags of the command: their definitions, and what they mean together. */
public final class CommandLine {
  private final FlagSet flags = new FlagSet("pprof");

  private final ListFlag diffBase =
      flags.strings("diff_base", "Source of base profile for comparison");
  private final ListFlag base =
      flags.strings("base", "Source of base profile for profile subtraction");
  private final StringFlag symbolize =
      flags.string("symbolize", "", "Options for profile symbolization");
  private final StringFlag buildId =
      flags.string("buildid", "", "Override build id for first mapping");
  private final IntFlag timeout =
      flags.int64("timeout", -1, "Timeout in seconds for fetching a profile");
  private final StringFlag comment =
      flags.string("add_comment", "", "Free-form annotation to add to the profile");
  private final BoolFlag allFrames =
      flags.bool("all_frames", false, "Ignore drop_frames and keep_frames regexps");
  private final IntFlag seconds = flags.int64("seconds", -1, "Length of time for dynamic profiles");
  private final StringFlag tools;
  private final StringFlag http =
      flags.string("http", "", "Present interactive web UI at the specified http host:port");
  private final BoolFlag noBrowser =
      flags.bool("no_browser", false, "Skip opening a browser for the interactive web UI");
  private final StringFlag check =
      flags.string("check", "", "Rules of growth that the profile must hold to beside -diff_base");
  private final StringFlag graphEngine =
      flags.string(
          "graph_engine", "auto", "What draws graphs: auto, builtin or native (Graphviz's dot)");
  private final StringFlag certificate =
      flags.string("tls_cert", "", "TLS client certificate file for fetching profile and symbols");
  private final StringFlag key =
      flags.string("tls_key", "", "TLS private key file for fetching profile and symbols");
  private final StringFlag authorities =
      flags.string("tls_ca", "", "TLS CA certs file for fetching profile and symbols");

  private final SampleTypeFlags sampleTypes = new SampleTypeFlags(flags);
  private final OptionFlags options = new OptionFlags(flags);
  private final List<Map.Entry<Command, BoolFlag>> plainCommands = new ArrayList<>();
  private final List<Map.Entry<Command, StringFlag>> patternCommands = new ArrayList<>();

  private final CliEnvironment environment;
  private final Console console;

  /** A parser that warns on a console. */
  public CommandLine(CliEnvironment environment, Console console) {
    this.environment = environment;
    this.console = console;
    tools =
        flags.string(
            "tools", environment.variable("PPROF_TOOLS"), "Path for object tool pathnames");
    defineCommands(Commands.all());
    defineCommands(Commands.more());
  }

  private void defineCommands(Collection<Command> commands) {
    for (Command command : commands) {
      String usage = "Generate a report in " + command.name() + " format";
      if (command.takesPattern()) {
        patternCommands.add(
            Map.entry(command, flags.string(command.name(), "", usage + ", matching regexp")));
      } else {
        plainCommands.add(Map.entry(command, flags.bool(command.name(), false, usage)));
      }
    }
  }

  /** The definitions. */
  public FlagSet flags() {
    return flags;
  }

  /**
   * Reads a command line.
   *
   * @throws UsageException if it breaks the grammar
   * @throws CliException if its parts do not fit together
   */
  public Invocation parse(String... arguments) throws UsageException, CliException {
    List<String> sources = flags.parse(arguments);
    if (sources.isEmpty()) {
      console.print(UsageText.ofCommandLine());
      throw new CliException("no profile source specified");
    }
    String binary = "";
    if (sources.size() > 1 && Binaries.isBinary(environment, sources.get(0))) {
      binary = sources.get(0);
      sources = sources.subList(1, sources.size());
    }
    ReportOptions chosen = options.applyTo(ReportOptions.defaults());
    Map.@Nullable Entry<Command, String> command = command();
    checkWebFlags(command != null);
    chosen = sampleTypes.applyTo(chosen, console);
    SourceRequest request =
        sourceRequest(sources, binary, chosen, needsStacks(command, chosen, sources));
    CheckRules rules = rules(command != null, request);
    return new Invocation(
        request,
        command == null ? null : command.getKey(),
        command == null ? "" : command.getValue(),
        chosen,
        rules,
        http.value(),
        !noBrowser.value(),
        GraphEngine.named(graphEngine.value()),
        tools.value());
  }

  private Map.@Nullable Entry<Command, String> command() throws CliException {
    List<Map.Entry<Command, String>> given = new ArrayList<>();
    for (Map.Entry<Command, BoolFlag> plain : plainCommands) {
      if (plain.getValue().value()) {
        given.add(Map.entry(plain.getKey(), ""));
      }
    }
    for (Map.Entry<Command, StringFlag> pattern : patternCommands) {
      if (!pattern.getValue().value().isEmpty()) {
        given.add(Map.entry(pattern.getKey(), pattern.getValue().value()));
      }
    }
    if (given.size() > 1) {
      throw new CliException("must set at most one output format");
    }
    return given.isEmpty() ? null : given.get(0);
  }

  private @Nullable CheckRules rules(boolean hasCommand, SourceRequest request)
      throws CliException {
    if (check.value().isEmpty()) {
      return null;
    }
    if (hasCommand || !http.value().isEmpty()) {
      throw new CliException("-check is not compatible with an output format or -http");
    }
    if (request.comparison() != Comparison.DIFF || request.bases().isEmpty()) {
      throw new CliException("-check needs -diff_base, the profile to compare with");
    }
    try {
      return CheckRules.parse(check.value());
    } catch (ReportException malformed) {
      throw new CliException(String.valueOf(malformed.getMessage()));
    }
  }

  private void checkWebFlags(boolean hasCommand) throws CliException {
    if (hasCommand && !http.value().isEmpty()) {
      throw new CliException("-http is not compatible with an output format on the command line");
    }
    if (noBrowser.value() && http.value().isEmpty()) {
      throw new CliException("-no_browser only makes sense with -http");
    }
  }

  /** What is merged or compared needs them, whatever is reported of it. */
  private boolean needsStacks(
      Map.@Nullable Entry<Command, String> command, ReportOptions chosen, List<String> sources) {
    return command == null
        || sources.size() > 1
        || !base.values().isEmpty()
        || !diffBase.values().isEmpty()
        || new ReportRequest(command.getKey().format(), command.getValue(), chosen).needsStacks();
  }

  private SourceRequest sourceRequest(
      List<String> sources, String binary, ReportOptions chosen, boolean stacks)
      throws CliException {
    List<String> subtracted = nonEmpty(base.values());
    List<String> compared = nonEmpty(diffBase.values());
    if (!subtracted.isEmpty() && !compared.isEmpty()) {
      throw new CliException("-base and -diff_base flags cannot both be specified");
    }
    boolean normalize = chosen.get(ReportOption.NORMALIZE);
    if (normalize && subtracted.isEmpty() && compared.isEmpty()) {
      throw new CliException("must have base profile to normalize by");
    }
    return new SourceRequest(
        List.copyOf(sources),
        compared.isEmpty() ? subtracted : compared,
        compared.isEmpty() ? Comparison.SUBTRACT : Comparison.DIFF,
        normalize,
        binary,
        buildId.value(),
        seconds.value(),
        timeout.value(),
        symbolize.value(),
        comment.value(),
        allFrames.value(),
        subtracted.isEmpty() && compared.isEmpty() && showsTime(),
        stacks,
        new TlsFiles(certificate.value(), key.value(), authorities.value()));
  }

  /** Flame graphs have a heat map over time; other reports are easier read without times. */
  private boolean showsTime() {
    if (!http.value().isEmpty()) {
      return true;
    }
    for (Map.Entry<Command, BoolFlag> command : plainCommands) {
      if (command.getKey().format() == ReportFormat.FLAME && command.getValue().value()) {
        return true;
      }
    }
    return false;
  }

  private static List<String> nonEmpty(List<String> values) {
    List<String> kept = new ArrayList<>();
    for (String value : values) {
      if (!value.isEmpty()) {
        kept.add(value);
      }
    }
    return List.copyOf(kept);
  }
}
