// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.symbolize;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.http.HttpTransport;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.profile.Function;
import io.pprof4j.profile.Functions;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileEditor;
import io.pprof4j.symbol.DemangleStyle;
import io.pprof4j.symbol.FunctionNames;

/**
 * Gives names to addresses: from local binaries, from servers, and readable ones to C++ symbols.
 */
public final class Symbolizer {
  private final CliEnvironment environment;
  private final Console console;
  private final HttpTransport transport;
  private final String tools;

  /**
   * A symbolizer.
   *
   * @param tools where to find programs that read binaries
   */
  public Symbolizer(
      CliEnvironment environment, Console console, HttpTransport transport, String tools) {
    this.environment = environment;
    this.console = console;
    this.transport = transport;
    this.tools = tools;
  }

  /**
   * Symbolizes a profile.
   *
   * @param mode the value of {@code -symbolize}
   * @param sources servers that know symbols
   * @throws CliException if a server that should know symbols fails
   */
  public Profile symbolize(Profile profile, String mode, MappingSources sources)
      throws CliException {
    SymbolizeMode wanted = SymbolizeMode.parse(mode, console);
    if (wanted.none()) {
      return profile;
    }
    Profile result = profile;
    if (wanted.local()) {
      result = new LocalSymbolizer(environment, console, tools).symbolize(result, wanted);
    }
    if (wanted.remote()) {
      result = new SymbolServer(transport).symbolize(result, sources, wanted.force());
    }
    return demangled(result, wanted);
  }

  private static Profile demangled(Profile profile, SymbolizeMode mode) {
    ProfileEditor editor = new ProfileEditor(profile);
    Functions functions = profile.functions();
    for (int row = 0; row < functions.size(); row++) {
      if (!mode.force() && functions.isRenamed(row) && !functions.name(row).isEmpty()) {
        continue; // readable, and no system name is decoded in vain
      }
      Function function = functions.get(row);
      String name = function.name();
      String systemName = function.systemName();
      if (mode.force() && !name.isEmpty() && !systemName.isEmpty()) {
        name = systemName;
      }
      boolean raw = name.isEmpty() || name.equals(systemName);
      if (raw && mode.demangle() != DemangleStyle.NONE) {
        name = FunctionNames.readable(systemName, mode.demangle());
      }
      if (!name.equals(function.name())) {
        editor.functionName(row, name);
      }
    }
    return editor.build();
  }
}
