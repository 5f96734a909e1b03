// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.demangle;

import io.pprof4j.symbol.DemangleStyle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads C++ symbols of the Itanium ABI (https://itanium-cxx-abi.github.io/cxx-abi/abi.html, section
 * 5.1): {@code _ZN4acme5Table4ScanEv} is {@code acme::Table::Scan()}. Expressions in template
 * arguments are not read; a symbol that has some stays as it is.
 */
public final class ItaniumDemangler {
  /*
   * A recursive descent over the grammar of the ABI. What was read is text at once; a type is two
   * texts, what stands before and what stands after the name it declares, since C++ wraps types
   * around names: int (*name)(char).
   */
  private static final int MAX_DEPTH = 256;

  private final String text;

  /** What a function's name is shown with: its parameters, nothing, or empty parentheses. */
  private enum Parameters {
    ALL,
    NONE,
    EMPTY
  }

  private final DemangleStyle style;
  private final List<CppType> substitutions = new ArrayList<>();
  private final List<CppType> templateArguments = new ArrayList<>();
  private int at;
  private int depth;

  /** Whether the name read last ends in template arguments, and so has a return type. */
  private boolean templated;

  /** Whether the name read last is one that has no return type: constructors and conversions. */
  private boolean withoutReturn;

  private String qualifiers = "";

  private ItaniumDemangler(String text, DemangleStyle style) {
    this.text = text;
    this.style = style;
  }

  /** The readable name; null if the symbol is not one of C++ or not understood. */
  public static @Nullable String demangle(String symbol, DemangleStyle style) {
    if (!symbol.startsWith("_Z")) {
      return null;
    }
    int clone = symbol.indexOf('.', 2);
    String mangled = symbol.substring(2, clone < 0 ? symbol.length() : clone);
    try {
      ItaniumDemangler demangler = new ItaniumDemangler(mangled, style);
      String name =
          demangler.encoding(style == DemangleStyle.FULL ? Parameters.ALL : Parameters.NONE);
      return demangler.at == mangled.length() ? name : null;
    } catch (NotUnderstoodException unknown) {
      return null;
    }
  }

  /** The symbol uses a part of the grammar that is not read, or is damaged. */
  private static final class NotUnderstoodException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotUnderstoodException() {
      super(null, null, false, false);
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private boolean take(String expected) {
    if (text.startsWith(expected, at)) {
      at += expected.length();
      return true;
    }
    return false;
  }

  private void expect(char expected) {
    if (peek() != expected) {
      throw new NotUnderstoodException();
    }
    at++;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new NotUnderstoodException();
    }
  }

  /** {@code <encoding>}: a function with its parameters, a variable, or a special name. */
  private String encoding(Parameters parameters) {
    enter();
    String special = specialName();
    if (special != null) {
      return special;
    }
    qualifiers = "";
    String name = name();
    String methodQualifiers = qualifiers;
    boolean hasReturn = templated && !withoutReturn;
    if (at == text.length() || peek() == 'E') {
      return name;
    }
    CppType returned = hasReturn ? type() : CppType.NONE;
    String list = parameterList();
    depth--;
    if (parameters != Parameters.ALL) {
      return parameters == Parameters.NONE ? name : name + "()";
    }
    String before = returned.before().isEmpty() ? "" : returned.before() + " ";
    return before + name + "(" + list + ")" + methodQualifiers + returned.after();
  }

  private String parameterList() {
    StringBuilder list = new StringBuilder();
    while (at < text.length() && peek() != 'E' && peek() != '.') {
      String parameter = type().text();
      if (parameter.equals("void") && list.isEmpty()) {
        continue;
      }
      list.append(list.isEmpty() ? "" : ", ").append(parameter);
    }
    return list.toString();
  }

  private @Nullable String specialName() {
    if (take("TV")) {
      return "vtable for " + type().text();
    }
    if (take("TT")) {
      return "VTT for " + type().text();
    }
    if (take("TI")) {
      return "typeinfo for " + type().text();
    }
    if (take("TS")) {
      return "typeinfo name for " + type().text();
    }
    if (take("GV")) {
      return "guard variable for " + name();
    }
    if (take("Th")) {
      number();
      expect('_');
      return "non-virtual thunk to " + encoding(Parameters.ALL);
    }
    if (take("Tv")) {
      number();
      expect('_');
      number();
      expect('_');
      return "virtual thunk to " + encoding(Parameters.ALL);
    }
    return null;
  }

  private long number() {
    boolean negative = take("n");
    int start = at;
    while (Character.isDigit(peek())) {
      at++;
    }
    if (start == at || at - start > 9) {
      throw new NotUnderstoodException();
    }
    long value = Long.parseLong(text.substring(start, at));
    return negative ? -value : value;
  }

  /** {@code <name>}. */
  private String name() {
    templated = false;
    withoutReturn = false;
    return switch (peek()) {
      case 'N' -> nestedName();
      case 'Z' -> localName();
      default -> unscopedName();
    };
  }

  private String unscopedName() {
    String name;
    if (peek() == 'S' && peek(1) != 't') {
      name = substitution().text();
      if (peek() != 'I') {
        throw new NotUnderstoodException(); // A whole substitution is no name of a function.
      }
    } else {
      String scope = take("St") ? "std::" : "";
      name = scope + unqualifiedName("");
      if (peek() != 'I') {
        return name;
      }
      substitutions.add(CppType.of(name));
    }
    templated = true;
    return name + templateArgumentList(true);
  }

  private String nestedName() {
    expect('N');
    String trailing = methodQualifiers();
    String prefix = "";
    String last = "";
    boolean previousSubstituted = false;
    while (peek() != 'E') {
      if (peek() == 'I') {
        String arguments = templateArgumentList(true);
        prefix += arguments;
        templated = true;
        previousSubstituted = false;
      } else if (peek() == 'S' && peek(1) != 't') {
        CppType known = substitution();
        prefix = known.text();
        last = lastPart(prefix);
        previousSubstituted = true;
        templated = false;
      } else if (peek() == 'T') {
        prefix = templateParameter().text();
        last = lastPart(prefix);
        templated = false;
        previousSubstituted = false;
      } else {
        boolean std = take("St");
        String part = unqualifiedName(last);
        prefix = prefix.isEmpty() ? (std ? "std::" : "") + part : prefix + "::" + part;
        last = part;
        templated = false;
        previousSubstituted = false;
      }
      if (peek() != 'E' && !previousSubstituted) {
        substitutions.add(CppType.of(prefix));
      }
    }
    at++;
    qualifiers = trailing;
    return prefix;
  }

  /** The last name of a path, without template arguments; constructors are called by it. */
  private static String lastPart(String path) {
    int nesting = 0;
    int start = 0;
    int end = path.length();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '<') {
        end = nesting++ == 0 ? i : end;
      } else if (c == '>') {
        nesting--;
      } else if (c == ':' && nesting == 0) {
        start = i + 1;
        end = path.length();
      }
    }
    return path.substring(start, Math.max(start, end));
  }

  private String methodQualifiers() {
    StringBuilder found = new StringBuilder();
    while (true) {
      switch (peek()) {
        case 'r' -> found.append(" restrict");
        case 'V' -> found.append(" volatile");
        case 'K' -> found.append(" const");
        case 'R' -> found.append(" &");
        case 'O' -> found.append(" &&");
        default -> {
          return found.toString();
        }
      }
      at++;
    }
  }

  private String localName() {
    expect('Z');
    String function = encoding(style == DemangleStyle.FULL ? Parameters.ALL : Parameters.EMPTY);
    expect('E');
    if (take("s")) {
      discriminator();
      return function + "::string literal";
    }
    if (take("d")) {
      if (Character.isDigit(peek())) {
        number();
      }
      expect('_');
    }
    String entity = name();
    discriminator();
    return function + "::" + entity;
  }

  private void discriminator() {
    if (take("__")) {
      number();
      expect('_');
    } else if (peek() == '_' && Character.isDigit(peek(1))) {
      at += 2;
    }
  }

  private String unqualifiedName(String enclosing) {
    take("L");
    String name;
    char c = peek();
    if (Character.isDigit(c)) {
      name = sourceName();
    } else if (c == 'C' && Character.isDigit(peek(1))) {
      at += 2;
      withoutReturn = true;
      name = enclosing;
    } else if (c == 'D' && Character.isDigit(peek(1))) {
      at += 2;
      withoutReturn = true;
      name = "~" + enclosing;
    } else if (take("Ul")) {
      String parameters = parameterList();
      expect('E');
      name = "{lambda(" + parameters + ")#" + ordinal() + "}";
    } else if (take("Ut")) {
      name = "{unnamed type#" + ordinal() + "}";
    } else if (take("cv")) {
      withoutReturn = true;
      name = "operator " + type().text();
    } else {
      name = operator();
    }
    while (take("B")) {
      name += "[abi:" + sourceName() + "]";
    }
    return name;
  }

  private long ordinal() {
    long ordinal = peek() == '_' ? 1 : number() + 2;
    expect('_');
    return ordinal;
  }

  private String sourceName() {
    int length = (int) number();
    if (length <= 0 || at + length > text.length()) {
      throw new NotUnderstoodException();
    }
    String name = text.substring(at, at + length);
    at += length;
    boolean anonymous = length >= 10 && name.startsWith("_GLOBAL_") && name.charAt(9) == 'N';
    return anonymous ? "(anonymous namespace)" : name;
  }

  private String operator() {
    String spelled =
        at + 2 <= text.length() ? CppOperators.named(text.substring(at, at + 2)) : null;
    if (spelled == null) {
      throw new NotUnderstoodException();
    }
    at += 2;
    return "operator" + spelled;
  }

  /** {@code <template-args>}, which are shown unless the style leaves them out. */
  private String templateArgumentList(boolean remember) {
    expect('I');
    enter();
    List<CppType> arguments = new ArrayList<>();
    boolean wasTemplated = templated;
    boolean wasWithoutReturn = withoutReturn;
    while (peek() != 'E') {
      templateArgument(arguments);
    }
    at++;
    depth--;
    templated = wasTemplated;
    withoutReturn = wasWithoutReturn;
    if (remember) {
      templateArguments.clear();
      templateArguments.addAll(arguments);
    }
    if (style == DemangleStyle.SIMPLE) {
      return "";
    }
    StringBuilder list = new StringBuilder("<");
    for (CppType argument : arguments) {
      list.append(list.length() == 1 ? "" : ", ").append(argument.text());
    }
    return list.append(list.charAt(list.length() - 1) == '>' ? " >" : ">").toString();
  }

  private void templateArgument(List<CppType> arguments) {
    switch (peek()) {
      case 'L' -> arguments.add(CppType.of(literal()));
      case 'J' -> {
        at++;
        while (peek() != 'E') {
          templateArgument(arguments);
        }
        at++;
      }
      case 'X' -> throw new NotUnderstoodException();
      default -> arguments.add(type());
    }
  }

  private String literal() {
    expect('L');
    if (take("_Z")) {
      String name = encoding(Parameters.ALL);
      expect('E');
      return name;
    }
    String type = type().text();
    int start = at;
    while (peek() != 'E' && peek() != '\0') {
      at++;
    }
    String value = text.substring(start, at).replace('n', '-');
    expect('E');
    return switch (type) {
      case "bool" -> value.equals("0") ? "false" : "true";
      case "int" -> value;
      case "unsigned int" -> value + "u";
      case "long" -> value + "l";
      case "unsigned long" -> value + "ul";
      default -> "(" + type + ")" + value;
    };
  }

  private CppType templateParameter() {
    expect('T');
    int index = peek() == '_' ? 0 : (int) number() + 1;
    expect('_');
    if (index >= templateArguments.size()) {
      throw new NotUnderstoodException();
    }
    return templateArguments.get(index);
  }

  private CppType substitution() {
    expect('S');
    char c = peek();
    String known = CppOperators.standardName(c);
    if (known != null) {
      at++;
      return CppType.of(known);
    }
    int index = 0;
    if (c != '_') {
      int start = at;
      while (Character.digit(peek(), 36) >= 0 && !Character.isLowerCase(peek())) {
        at++;
      }
      if (at == start || at - start > 4) {
        throw new NotUnderstoodException();
      }
      index = Integer.parseInt(text.substring(start, at), 36) + 1;
    }
    expect('_');
    if (index >= substitutions.size()) {
      throw new NotUnderstoodException();
    }
    return substitutions.get(index);
  }

  /** {@code <type>}. */
  private CppType type() {
    enter();
    CppType type = unremembered();
    depth--;
    return type;
  }

  private CppType unremembered() {
    char c = peek();
    String builtin = CppOperators.builtinType(c);
    if (builtin != null) {
      at++;
      return CppType.of(builtin);
    }
    if (c == 'S' && peek(1) != 't') {
      CppType known = substitution();
      return peek() == 'I'
          ? remembered(CppType.of(known.text() + templateArgumentList(false)))
          : known;
    }
    return remembered(
        switch (c) {
          case 'P' -> pointer("*");
          case 'R' -> pointer("&");
          case 'O' -> pointer("&&");
          case 'K' -> qualified(" const");
          case 'V' -> qualified(" volatile");
          case 'r' -> qualified(" restrict");
          case 'F' -> functionType();
          case 'A' -> arrayType();
          case 'D' -> extendedType();
          case 'T' -> {
            CppType parameter = templateParameter();
            yield peek() == 'I' ? applied(parameter) : parameter;
          }
          default -> namedType();
        });
  }

  private CppType remembered(CppType type) {
    substitutions.add(type);
    return type;
  }

  private CppType applied(CppType template) {
    substitutions.add(template);
    return CppType.of(template.text() + templateArgumentList(false));
  }

  private CppType namedType() {
    boolean wasTemplated = templated;
    boolean wasWithoutReturn = withoutReturn;
    String wasQualifiers = qualifiers;
    List<CppType> outer = List.copyOf(templateArguments);
    String name = name();
    templateArguments.clear();
    templateArguments.addAll(outer);
    templated = wasTemplated;
    withoutReturn = wasWithoutReturn;
    qualifiers = wasQualifiers;
    return CppType.of(name);
  }

  private CppType pointer(String sign) {
    at++;
    return type().pointer(sign);
  }

  private CppType qualified(String qualifier) {
    at++;
    return type().qualified(qualifier);
  }

  private CppType functionType() {
    expect('F');
    take("Y");
    CppType returned = type();
    String list = parameterList();
    expect('E');
    return new CppType(returned.before() + " ", "(" + list + ")" + returned.after());
  }

  private CppType arrayType() {
    expect('A');
    String size = Character.isDigit(peek()) ? Long.toString(number()) : "";
    expect('_');
    CppType element = type();
    return new CppType(element.before() + " ", "[" + size + "]" + element.after());
  }

  private CppType extendedType() {
    if (take("Dn")) {
      return CppType.of("decltype(nullptr)");
    }
    if (take("Dp")) {
      return type();
    }
    if (take("Da")) {
      return CppType.of("auto");
    }
    if (take("Du")) {
      return CppType.of("char8_t");
    }
    if (take("Ds")) {
      return CppType.of("char16_t");
    }
    if (take("Di")) {
      return CppType.of("char32_t");
    }
    throw new NotUnderstoodException();
  }
}
