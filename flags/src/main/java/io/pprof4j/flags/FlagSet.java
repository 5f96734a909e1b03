// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The flags of one command, parsed by the grammar of Go's {@code flag} package: {@code -f}, {@code
 * --f}, {@code -f=v} and {@code -f v}; bool flags take a value only by {@code =}; parsing ends at
 * the first argument that is no flag, at {@code -}, or after {@code --}.
 *
 * <p>The definitions are the only source of the usage text: {@link #printDefaults} lays it out as
 * Go does, and {@link #flags} serves programs that have a layout of their own. Not thread-safe.
 */
public final class FlagSet {
  private final String name;
  private final Map<String, Flag> formal = new LinkedHashMap<>();
  private List<String> arguments = List.of();

  /**
   * Makes an empty set.
   *
   * @param name the command's name, for {@link #printUsage}; may be empty
   */
  public FlagSet(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /** Defines a bool flag. */
  public BoolFlag bool(String flag, boolean defaultValue, String usage) {
    return define(new BoolFlag(flag, defaultValue, usage));
  }

  /** Defines a flag whose value is any text; if it is repeated the last one counts. */
  public StringFlag string(String flag, String defaultValue, String usage) {
    return define(new StringFlag(flag, defaultValue, usage));
  }

  /** Defines a flag whose value is a whole number of 64 bits, as {@code int} is in Go. */
  public IntFlag int64(String flag, long defaultValue, String usage) {
    return define(new IntFlag(flag, defaultValue, Long.MIN_VALUE, Long.MAX_VALUE, usage));
  }

  /** Defines a flag whose value is a whole number of 32 bits. */
  public IntFlag int32(String flag, int defaultValue, String usage) {
    return define(new IntFlag(flag, defaultValue, Integer.MIN_VALUE, Integer.MAX_VALUE, usage));
  }

  /** Defines a flag whose value is a floating-point number. */
  public FloatFlag float64(String flag, double defaultValue, String usage) {
    return define(new FloatFlag(flag, defaultValue, usage));
  }

  /** Defines a flag whose value is a duration; the default is given in nanoseconds. */
  public DurationFlag duration(String flag, long defaultNanos, String usage) {
    return define(new DurationFlag(flag, defaultNanos, usage));
  }

  /** Defines a flag that may be repeated; usage text calls its value {@code value}. */
  public ListFlag list(String flag, String usage) {
    return define(new ListFlag(flag, "value", usage));
  }

  /**
   * Defines a flag that may be repeated and that usage text shows as a string flag, as Go's pprof
   * shows {@code -base}.
   */
  public ListFlag strings(String flag, String usage) {
    return define(new ListFlag(flag, "string", usage));
  }

  /** Defines a flag that the program parses by itself; usage text shows no default. */
  public <T> CustomFlag<T> custom(String flag, T defaultValue, FlagParser<T> parser, String usage) {
    return define(new CustomFlag<>(flag, defaultValue, "", parser, usage));
  }

  /** Starts a group of bool flags. */
  public FlagGroup group() {
    return new FlagGroup(this);
  }

  private <F extends Flag> F define(F flag) {
    if (flag.name().startsWith("-") || flag.name().contains("=")) {
      throw new IllegalArgumentException("flag name " + GoQuote.quote(flag.name()));
    }
    if (formal.putIfAbsent(flag.name(), flag) != null) {
      throw new IllegalArgumentException("flag redefined: " + flag.name());
    }
    return flag;
  }

  /** The definitions, in the order in which they were made. */
  public List<Flag> flags() {
    return List.copyOf(formal.values());
  }

  /** The definition of that name. */
  public Optional<Flag> lookup(String flag) {
    return Optional.ofNullable(formal.get(flag));
  }

  /** Whether the flag of that name was given a value. False for names that are not defined. */
  public boolean isSet(String flag) {
    Flag definition = formal.get(flag);
    return definition != null && definition.isSet();
  }

  /** The arguments after the flags. Empty before {@link #parse}. */
  public List<String> arguments() {
    return arguments;
  }

  /**
   * Parses a command line and keeps the arguments after the flags.
   *
   * @param commandLine the arguments without the command's own name
   * @return the arguments after the flags
   * @throws HelpRequestedException on {@code -h} or {@code -help}, unless a flag has that name
   * @throws UsageException on the first mistake, with Go's text
   */
  public List<String> parse(String... commandLine) throws UsageException {
    int next = 0;
    while (next < commandLine.length) {
      String argument = commandLine[next];
      if (argument.length() < 2 || argument.charAt(0) != '-') {
        break;
      }
      next++;
      if (argument.equals("--")) {
        break;
      }
      next = parseOne(argument, commandLine, next);
    }
    arguments = List.of(commandLine).subList(next, commandLine.length);
    return arguments;
  }

  /** Parses one flag and returns the index of the argument after it and its value. */
  private int parseOne(String argument, String[] commandLine, int next) throws UsageException {
    String text = argument.substring(argument.charAt(1) == '-' ? 2 : 1);
    if (text.isEmpty() || text.charAt(0) == '-' || text.charAt(0) == '=') {
      throw new UsageException("bad flag syntax: " + argument);
    }
    int equals = text.indexOf('=');
    String flagName = equals < 0 ? text : text.substring(0, equals);
    Flag flag = formal.get(flagName);
    if (flag == null) {
      if (flagName.equals("help") || flagName.equals("h")) {
        throw new HelpRequestedException();
      }
      throw new UsageException("flag provided but not defined: -" + flagName);
    }
    if (equals >= 0) {
      assign(flag, text.substring(equals + 1));
    } else if (flag.isBool()) {
      assign(flag, "true");
    } else if (next < commandLine.length) {
      assign(flag, commandLine[next]);
      return next + 1;
    } else {
      throw new UsageException("flag needs an argument: -" + flagName);
    }
    return next;
  }

  private static void assign(Flag flag, String value) throws UsageException {
    try {
      flag.assign(value);
    } catch (FlagValueException e) {
      String kind = flag.isBool() ? "invalid boolean value " : "invalid value ";
      String infix = flag.isBool() ? " for -" : " for flag -";
      throw new UsageException(
          kind + GoQuote.quote(value) + infix + flag.name() + ": " + e.reason());
    }
  }

  /**
   * Gives a flag a value, as if it stood on the command line.
   *
   * @throws UsageException if there is no such flag or the value does not suit it
   */
  public void set(String flag, String value) throws UsageException {
    Flag definition = formal.get(flag);
    if (definition == null) {
      throw new UsageException("no such flag -" + flag);
    }
    try {
      definition.assign(value);
    } catch (FlagValueException e) {
      throw new UsageException(e.reason());
    }
  }

  /** Prints the line {@code Usage of name:} and then {@link #printDefaults}. */
  public void printUsage(Appendable out) {
    append(out, name.isEmpty() ? "Usage:\n" : "Usage of " + name + ":\n");
    printDefaults(out);
  }

  /**
   * Prints every flag with its help text and default, sorted by name, in the layout of Go's {@code
   * flag.PrintDefaults}.
   *
   * @throws UncheckedIOException if {@code out} fails
   */
  public void printDefaults(Appendable out) {
    for (Flag flag : new TreeMap<>(formal).values()) {
      append(out, UsageLine.of(flag));
    }
  }

  /** The word that stands for the flag's value in usage text; empty for bool flags. */
  public static String valueName(Flag flag) {
    return UsageLine.valueName(flag);
  }

  /** The flags that were given a value, in the order of their definition. */
  public List<Flag> setFlags() {
    List<Flag> given = new ArrayList<>();
    for (Flag flag : formal.values()) {
      if (flag.isSet()) {
        given.add(flag);
      }
    }
    return List.copyOf(given);
  }

  private static void append(Appendable out, String text) {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
