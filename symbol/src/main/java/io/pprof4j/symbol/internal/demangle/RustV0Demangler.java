// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.demangle;

import io.pprof4j.symbol.DemangleStyle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Rust symbols of the scheme v0 (RFC 2603): {@code _RNvC7mycrate3foo} is mycrate::foo. */
public final class RustV0Demangler {
  private static final int MAX_DEPTH = 128;

  private final String text;
  private final DemangleStyle style;
  private int at;
  private int depth;

  private RustV0Demangler(String text, DemangleStyle style) {
    this.text = text;
    this.style = style;
  }

  /** The readable name; null if the symbol is none of this scheme or damaged. */
  public static @Nullable String demangle(String symbol, DemangleStyle style) {
    if (!symbol.startsWith("_R") || symbol.length() < 4) {
      return null;
    }
    int suffix = symbol.indexOf('.');
    String mangled = symbol.substring(2, suffix < 0 ? symbol.length() : suffix);
    RustV0Demangler demangler = new RustV0Demangler(mangled, style);
    try {
      String name = demangler.path(true);
      if (demangler.at < mangled.length()) {
        demangler.path(false); // The crate that instantiated it is not shown.
      }
      return demangler.at == mangled.length() ? name : null;
    } catch (IllegalStateException | IndexOutOfBoundsException damaged) {
      return null;
    }
  }

  private char next() {
    return text.charAt(at++);
  }

  private boolean take(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new IllegalStateException("nested too deeply");
    }
  }

  /** A path; generic arguments of a value are set off by a double colon. */
  private String path(boolean value) {
    enter();
    char kind = next();
    String path =
        switch (kind) {
          case 'C' -> identifier().name();
          case 'M' -> {
            implementation();
            yield "<" + type() + ">";
          }
          case 'X' -> {
            implementation();
            yield "<" + type() + " as " + path(false) + ">";
          }
          case 'Y' -> "<" + type() + " as " + path(false) + ">";
          case 'N' -> nested(value);
          case 'I' -> path(value) + (value ? "::" : "") + genericArguments();
          case 'B' -> backReference(() -> path(value));
          default -> throw new IllegalStateException("no path starts with " + kind);
        };
    depth--;
    return path;
  }

  private void implementation() {
    disambiguator();
    path(false);
  }

  private String nested(boolean value) {
    char namespace = next();
    String outer = path(value);
    Identifier inner = identifier();
    if (Character.isLowerCase(namespace)) {
      return inner.name().isEmpty() ? outer : outer + "::" + inner.name();
    }
    String kind =
        namespace == 'C' ? "closure" : namespace == 'S' ? "shim" : String.valueOf(namespace);
    String name = inner.name().isEmpty() ? "" : ":" + inner.name();
    return outer + "::{" + kind + name + "#" + inner.disambiguator() + "}";
  }

  private String genericArguments() {
    List<String> arguments = new ArrayList<>();
    while (!take('E')) {
      if (take('L')) {
        arguments.add("'" + base62());
      } else if (take('K')) {
        arguments.add(constant());
      } else {
        arguments.add(type());
      }
    }
    return style == DemangleStyle.SIMPLE ? "<>" : "<" + String.join(", ", arguments) + ">";
  }

  private interface Part {
    String read();
  }

  /** Reads again what stands at an earlier place. */
  private String backReference(Part part) {
    int from = at - 1;
    long target = base62();
    if (target >= from) {
      throw new IllegalStateException("a reference forward");
    }
    enter();
    int resume = at;
    at = (int) target;
    String read = part.read();
    at = resume;
    depth--;
    return read;
  }

  private record Identifier(String name, long disambiguator) {}

  private Identifier identifier() {
    long disambiguator = disambiguator();
    boolean punycode = take('u');
    int length = 0;
    if (!take('0')) {
      int start = at;
      while (Character.isDigit(text.charAt(at))) {
        length = length * 10 + text.charAt(at++) - '0';
        if (at - start > 6) {
          throw new IllegalStateException("too long");
        }
      }
      if (at == start) {
        throw new IllegalStateException("no identifier");
      }
    }
    take('_');
    String name = text.substring(at, at + length);
    at += length;
    return new Identifier(punycode ? "punycode{" + name + "}" : name, disambiguator);
  }

  private long disambiguator() {
    return take('s') ? base62() + 1 : 0;
  }

  private long base62() {
    if (take('_')) {
      return 0;
    }
    long value = 0;
    for (char c = next(); c != '_'; c = next()) {
      int digit =
          Character.isDigit(c)
              ? c - '0'
              : c >= 'a' && c <= 'z' ? c - 'a' + 10 : c >= 'A' && c <= 'Z' ? c - 'A' + 36 : -1;
      if (digit < 0 || value > Long.MAX_VALUE / 64) {
        throw new IllegalStateException("no number of base 62");
      }
      value = value * 62 + digit;
    }
    return value + 1;
  }

  private String type() {
    enter();
    char kind = next();
    String basic = basicType(kind);
    String type = basic != null ? basic : compoundType(kind);
    depth--;
    return type;
  }

  private String compoundType(char kind) {
    return switch (kind) {
      case 'A' -> "[" + type() + "; " + constant() + "]";
      case 'S' -> "[" + type() + "]";
      case 'T' -> tuple();
      case 'R', 'Q' -> {
        if (take('L')) {
          base62();
        }
        yield (kind == 'R' ? "&" : "&mut ") + type();
      }
      case 'P' -> "*const " + type();
      case 'O' -> "*mut " + type();
      case 'F' -> functionType();
      case 'B' -> backReference(this::type);
      default -> {
        at--;
        yield path(false);
      }
    };
  }

  private String tuple() {
    List<String> types = new ArrayList<>();
    while (!take('E')) {
      types.add(type());
    }
    return types.size() == 1 ? "(" + types.get(0) + ",)" : "(" + String.join(", ", types) + ")";
  }

  private String functionType() {
    if (take('G')) {
      base62();
    }
    String unsafe = take('U') ? "unsafe " : "";
    String abi = "";
    if (take('K')) {
      abi = take('C') ? "extern \"C\" " : "extern \"" + identifier().name() + "\" ";
    }
    List<String> parameters = new ArrayList<>();
    while (!take('E')) {
      parameters.add(type());
    }
    String returned = take('u') ? "" : " -> " + type();
    return unsafe + abi + "fn(" + String.join(", ", parameters) + ")" + returned;
  }

  private String constant() {
    if (take('p')) {
      return "_";
    }
    if (take('B')) {
      return backReference(this::constant);
    }
    char type = next();
    String sign = take('n') ? "-" : "";
    int end = text.indexOf('_', at);
    String digits = text.substring(at, end);
    at = end + 1;
    long value = digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 16);
    return switch (type) {
      case 'b' -> value == 0 ? "false" : "true";
      case 'c' -> "'" + Character.toString((int) value) + "'";
      default -> sign + Long.toUnsignedString(value);
    };
  }

  private static @Nullable String basicType(char code) {
    return switch (code) {
      case 'a' -> "i8";
      case 'b' -> "bool";
      case 'c' -> "char";
      case 'd' -> "f64";
      case 'e' -> "str";
      case 'f' -> "f32";
      case 'h' -> "u8";
      case 'i' -> "isize";
      case 'j' -> "usize";
      case 'l' -> "i32";
      case 'm' -> "u32";
      case 'n' -> "i128";
      case 'o' -> "u128";
      case 's' -> "i16";
      case 't' -> "u16";
      case 'u' -> "()";
      case 'v' -> "...";
      case 'x' -> "i64";
      case 'y' -> "u64";
      case 'z' -> "!";
      case 'p' -> "_";
      default -> null;
    };
  }
}
