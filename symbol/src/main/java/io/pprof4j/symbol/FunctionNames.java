// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import io.pprof4j.symbol.internal.demangle.ItaniumDemangler;
import io.pprof4j.symbol.internal.demangle.RustDemangler;
import io.pprof4j.symbol.internal.demangle.RustV0Demangler;
import org.jspecify.annotations.Nullable;

/** Makes names of functions readable. */
public final class FunctionNames {
  private FunctionNames() {}

  /**
   * The name for people of a symbol.
   *
   * @param symbol a mangled name, or one that was made readable before and may be shortened
   */
  public static String readable(String symbol, DemangleStyle style) {
    if (style == DemangleStyle.NONE) {
      return symbol;
    }
    String demangled = demangled(symbol, style);
    if (demangled == null && symbol.startsWith("__")) {
      demangled = demangled(symbol.substring(1), style); // macOS puts an underscore before each
    }
    if (demangled != null) {
      return demangled;
    }
    if (style == DemangleStyle.FULL || !looksLikeCpp(symbol)) {
      return symbol;
    }
    String name = withoutNested(symbol, '(', ')');
    return style == DemangleStyle.SIMPLE ? withoutNested(name, '<', '>') : name;
  }

  private static @Nullable String demangled(String symbol, DemangleStyle style) {
    if (!symbol.startsWith("_")) {
      return null;
    }
    String rust = RustDemangler.demangle(symbol);
    if (rust == null) {
      rust = RustV0Demangler.demangle(symbol, style);
    }
    return rust != null ? rust : ItaniumDemangler.demangle(symbol, style);
  }

  /** Whether a readable name looks like one of C++, and not of Java ({@code A.<init>}) or Go. */
  private static boolean looksLikeCpp(String name) {
    // Each name once, a character at a time: a short run reads thousands of them uncompiled.
    boolean marked = false;
    char last = 0;
    for (int at = 0; at < name.length(); at++) {
      char c = name.charAt(at);
      marked |= c == '<' || c == '>' || c == '[' || c == ']' || (c == ':' && last == ':');
      last = c;
    }
    return marked && !name.contains(".<") && !name.contains("]).");
  }

  /** Cuts out everything between an opening and its closing mark; nothing if they do not match. */
  private static String withoutNested(String text, char open, char close) {
    StringBuilder kept = new StringBuilder(text.length());
    int nesting = 0;
    int opened = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == open && nesting++ == 0) {
        opened = kept.length();
      }
      kept.append(c);
      if (c == close) {
        nesting--;
        if (nesting < 0) {
          return kept.append(text, at + 1, text.length()).toString();
        }
        if (nesting == 0) {
          kept.setLength(opened);
        }
      }
    }
    return kept.toString();
  }
}
