// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.demangle;

import org.jspecify.annotations.Nullable;

/**
 * Reads Rust symbols of the legacy scheme, which looks like C++ with a hash at the end: {@code
 * _ZN4core3fmt9Formatter3pad17h0123456789abcdefE} is {@code core::fmt::Formatter::pad}.
 */
public final class RustDemangler {
  private static final int HASH_LENGTH = 17;

  private static final String[] ESCAPES = {
    "$SP$", "@", "$BP$", "*", "$RF$", "&", "$LT$", "<", "$GT$", ">", "$LP$", "(", "$RP$", ")",
    "$C$", ","
  };

  private RustDemangler() {}

  /** The readable name; null if the symbol is not one of Rust. */
  public static @Nullable String demangle(String symbol) {
    if (!symbol.startsWith("_ZN") || !symbol.endsWith("E")) {
      return null;
    }
    StringBuilder name = new StringBuilder();
    String last = "";
    int at = 3;
    while (at < symbol.length() - 1) {
      int digits = at;
      while (Character.isDigit(symbol.charAt(digits))) {
        digits++;
      }
      if (digits == at || digits - at > 4) {
        return null;
      }
      int end = digits + Integer.parseInt(symbol.substring(at, digits));
      if (end > symbol.length() - 1) {
        return null;
      }
      if (!last.isEmpty()) {
        name.append(name.isEmpty() ? "" : "::").append(unescaped(last));
      }
      last = symbol.substring(digits, end);
      at = end;
    }
    return isHash(last) && !name.isEmpty() ? name.toString() : null;
  }

  private static boolean isHash(String part) {
    if (part.length() != HASH_LENGTH || part.charAt(0) != 'h') {
      return false;
    }
    for (int at = 1; at < part.length(); at++) {
      if (Character.digit(part.charAt(at), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String unescaped(String part) {
    String text = part.startsWith("_$") ? part.substring(1) : part;
    for (int i = 0; i < ESCAPES.length; i += 2) {
      text = text.replace(ESCAPES[i], ESCAPES[i + 1]);
    }
    StringBuilder plain = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      int end = text.startsWith("$u", at) ? text.indexOf('$', at + 2) : -1;
      if (end > 0 && end - at <= 8) {
        try {
          plain.appendCodePoint(Integer.parseInt(text.substring(at + 2, end), 16));
          at = end;
          continue;
        } catch (IllegalArgumentException notACodePoint) {
          // The text is as it is.
        }
      }
      boolean path = text.startsWith("..", at);
      plain.append(path ? "::" : String.valueOf(text.charAt(at)));
      at += path ? 1 : 0;
    }
    return plain.toString();
  }
}
