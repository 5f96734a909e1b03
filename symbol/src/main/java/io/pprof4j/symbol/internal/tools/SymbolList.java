// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.tools;

import io.pprof4j.report.ObjectTool.Symbol;
import io.pprof4j.symbol.DemangleStyle;
import io.pprof4j.symbol.FunctionNames;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The symbols of a file in the order of addresses, as {@code nm -n} prints them. */
public final class SymbolList {
  private static final Pattern LINE = Pattern.compile("^\\s*(\\p{XDigit}+)\\s+(.)\\s+(.*)");

  /** From the fullest name to the shortest. */
  private static final List<DemangleStyle> STYLES =
      List.of(DemangleStyle.FULL, DemangleStyle.TEMPLATES, DemangleStyle.SIMPLE);

  private final List<Long> addresses = new ArrayList<>();
  private final List<List<String>> names = new ArrayList<>();

  /** Reads what nm prints; lines of another form are passed over. */
  public SymbolList(String output) {
    output.lines().forEach(this::add);
  }

  private void add(String line) {
    Matcher matcher = LINE.matcher(line.strip());
    if (!matcher.find() || matcher.group(1).length() > 16) {
      return;
    }
    long address = Long.parseUnsignedLong(matcher.group(1), 16);
    int last = addresses.size() - 1;
    if (last < 0 || addresses.get(last) != address) {
      addresses.add(address);
      names.add(new ArrayList<>());
    }
    names.get(names.size() - 1).add(matcher.group(3));
  }

  /** The address of the symbol with exactly that name. */
  public OptionalLong addressOf(String name) {
    for (int at = 0; at < addresses.size(); at++) {
      if (names.get(at).contains(name)) {
        return OptionalLong.of(addresses.get(at));
      }
    }
    return OptionalLong.empty();
  }

  /**
   * The symbols with a name that is wanted, as it is or readable, and the one that contains an
   * address. A symbol ends where the next one starts; the end of the last is unknown, which is the
   * largest number.
   *
   * @param address 0 if only names count
   */
  public List<Symbol> matching(String filename, Predicate<String> wanted, long address) {
    List<Symbol> found = new ArrayList<>();
    for (int at = 0; at < addresses.size(); at++) {
      long start = addresses.get(at);
      long end = at + 1 < addresses.size() ? addresses.get(at + 1) - 1 : -1;
      boolean contains =
          address != 0
              && Long.compareUnsigned(address, start) >= 0
              && Long.compareUnsigned(address, end) <= 0;
      List<String> matched = contains ? names.get(at) : matching(names.get(at), wanted);
      if (!matched.isEmpty()) {
        found.add(new Symbol(List.copyOf(matched), filename, start, end));
      }
    }
    return found;
  }

  private static List<String> matching(List<String> names, Predicate<String> wanted) {
    for (String name : names) {
      if (wanted.test(name)) {
        return List.of(name);
      }
      for (DemangleStyle style : STYLES) {
        String readable = FunctionNames.readable(name, style);
        if (!readable.equals(name) && wanted.test(readable)) {
          return List.of(readable);
        }
      }
    }
    return List.of();
  }
}
