// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.symbolize;

import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.symbol.DemangleStyle;
import java.util.Locale;

/**
 * What {@code -symbolize} asks for.
 *
 * @param none whether symbols are left as they are
 * @param local whether local binaries are read
 * @param fast whether names alone will do
 * @param remote whether servers are asked
 * @param force whether what has symbols gets new ones
 * @param demangle what is shown of C++ names
 */
record SymbolizeMode(
    boolean none,
    boolean local,
    boolean fast,
    boolean remote,
    boolean force,
    DemangleStyle demangle) {

  /** Reads words joined by colons; the user is told of those that mean nothing. */
  static SymbolizeMode parse(String text, Console console) {
    boolean local = true;
    boolean remote = true;
    boolean fast = false;
    boolean force = false;
    DemangleStyle demangle = DemangleStyle.SIMPLE;
    for (String word : text.toLowerCase(Locale.ROOT).split(":", -1)) {
      switch (word) {
        case "", "default", "demangle=default" -> {}
        case "none", "no" -> {
          return new SymbolizeMode(true, false, false, false, false, demangle);
        }
        case "local", "fastlocal" -> {
          local = true;
          remote = false;
          fast |= word.equals("fastlocal");
        }
        case "remote" -> {
          local = false;
          remote = true;
        }
        case "force" -> force = true;
        default -> {
          DemangleStyle style = style(word);
          if (style == null) {
            complain(text, console);
          } else {
            demangle = style;
            force = true;
          }
        }
      }
    }
    return new SymbolizeMode(false, local, fast, remote, force, demangle);
  }

  private static @org.jspecify.annotations.Nullable DemangleStyle style(String word) {
    // Like pprof, which cuts the prefix off and looks at the rest, take "full" alone as well.
    return switch (word.startsWith("demangle=") ? word.substring(9) : word) {
      case "full" -> DemangleStyle.FULL;
      case "templates" -> DemangleStyle.TEMPLATES;
      // "none" alone was seen to before.
      case "none" -> DemangleStyle.NONE;
      default -> null;
    };
  }

  private static void complain(String text, Console console) {
    console.printError("ignoring unrecognized symbolization option: " + text);
    console.printError(
        "expecting -symbolize=[local|fastlocal|remote|none][:force]"
            + "[:demangle=[none|full|templates|default]");
  }
}
