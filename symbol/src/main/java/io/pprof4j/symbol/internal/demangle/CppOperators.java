// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.demangle;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codes of the Itanium C++ ABI for operators, builtin types and names of the library. */
final class CppOperators {
  private static final Map<String, String> OPERATORS = new HashMap<>();

  static {
    String[] pairs = {
      "nw",
      " new",
      "na",
      " new[]",
      "dl",
      " delete",
      "da",
      " delete[]",
      "ng",
      "-",
      "ad",
      "&",
      "de",
      "*",
      "co",
      "~",
      "pl",
      "+",
      "mi",
      "-",
      "ml",
      "*",
      "dv",
      "/",
      "rm",
      "%",
      "an",
      "&",
      "or",
      "|",
      "eo",
      "^",
      "aS",
      "=",
      "pL",
      "+=",
      "mI",
      "-=",
      "mL",
      "*=",
      "dV",
      "/=",
      "rM",
      "%=",
      "aN",
      "&=",
      "oR",
      "|=",
      "eO",
      "^=",
      "ls",
      "<<",
      "rs",
      ">>",
      "lS",
      "<<=",
      "rS",
      ">>=",
      "eq",
      "==",
      "ne",
      "!=",
      "lt",
      "<",
      "gt",
      ">",
      "le",
      "<=",
      "ge",
      ">=",
      "ss",
      "<=>",
      "nt",
      "!",
      "aa",
      "&&",
      "oo",
      "||",
      "pp",
      "++",
      "mm",
      "--",
      "cm",
      ",",
      "pm",
      "->*",
      "pt",
      "->",
      "cl",
      "()",
      "ix",
      "[]",
      "qu",
      "?",
      "aw",
      " co_await"
    };
    for (int i = 0; i < pairs.length; i += 2) {
      OPERATORS.put(pairs[i], pairs[i + 1]);
    }
  }

  private CppOperators() {}

  /** What follows the word operator; null if the code is none of an operator. */
  static @Nullable String named(String code) {
    return OPERATORS.get(code);
  }

  /** The builtin type of a code; null if it is none of one. */
  static @Nullable String builtinType(char code) {
    return switch (code) {
      case 'v' -> "void";
      case 'w' -> "wchar_t";
      case 'b' -> "bool";
      case 'c' -> "char";
      case 'a' -> "signed char";
      case 'h' -> "unsigned char";
      case 's' -> "short";
      case 't' -> "unsigned short";
      case 'i' -> "int";
      case 'j' -> "unsigned int";
      case 'l' -> "long";
      case 'm' -> "unsigned long";
      case 'x' -> "long long";
      case 'y' -> "unsigned long long";
      case 'n' -> "__int128";
      case 'o' -> "unsigned __int128";
      case 'f' -> "float";
      case 'd' -> "double";
      case 'e' -> "long double";
      case 'g' -> "__float128";
      case 'z' -> "...";
      default -> null;
    };
  }

  /** The name of the standard library that a substitution stands for; null if it is numbered. */
  static @Nullable String standardName(char code) {
    return switch (code) {
      case 'a' -> "std::allocator";
      case 'b' -> "std::basic_string";
      case 's' -> "std::string";
      case 'i' -> "std::istream";
      case 'o' -> "std::ostream";
      case 'd' -> "std::iostream";
      default -> null;
    };
  }
}
