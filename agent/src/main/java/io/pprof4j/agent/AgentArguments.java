// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The text behind {@code -javaagent:jar=}: {@code key=value} pairs, separated by commas.
 *
 * @param values the pairs
 */
record AgentArguments(Map<String, String> values) {
  /** The address of Go's examples. */
  private static final String DEFAULT_ADDRESS = "localhost:6060";

  private static final String TOKEN_VARIABLE = "PPROF4J_TOKEN";

  private static final Set<String> KEYS =
      Set.of("addr", "token", "token_file", "heap", "cpu", "block", "mutex", "reply");

  private static final int MAX_HZ = 1000;

  /** Copies the pairs. */
  AgentArguments {
    values = Map.copyOf(values);
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if a part is no pair or its key is unknown
   */
  static AgentArguments parse(String text) {
    Map<String, String> values = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      String key = equals < 0 ? part.strip() : part.substring(0, equals).strip();
      if (equals < 0 || !KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "agent argument \""
                + key
                + "\": expected addr=, token=, token_file=, heap=, cpu=, block= or mutex=");
      }
      values.put(key, part.substring(equals + 1).strip());
    }
    return new AgentArguments(values);
  }

  /** Host and port to listen on. */
  String address() {
    return values.getOrDefault("addr", DEFAULT_ADDRESS);
  }

  /**
   * What clients must know: the argument, what is in the file, the environment variable, or empty.
   *
   * @throws IOException if the file cannot be read
   */
  String secret() throws IOException {
    String given = values.get("token");
    if (given != null) {
      return given;
    }
    String file = values.get("token_file");
    if (file != null) {
      return read(Path.of(file));
    }
    String variable = System.getenv(TOKEN_VARIABLE);
    return variable == null ? "" : variable.strip();
  }

  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IOException("agent argument token_file=" + file + ": " + e, e);
    }
  }

  /** Where to write the answer to who attached. */
  Optional<Path> reply() {
    return Optional.ofNullable(values.get("reply")).map(Path::of);
  }

  /**
   * The rates that are asked for, as the system properties that say the same.
   *
   * @throws IllegalArgumentException if one is no number or out of range
   */
  Map<String, String> rates() {
    Map<String, String> rates = new TreeMap<>();
    heapInterval().ifPresent(bytes -> rates.put("pprof4j.memprofilerate", Long.toString(bytes)));
    number("cpu", 1, MAX_HZ).ifPresent(hz -> rates.put("pprof4j.cpuprofilerate", hz));
    number("block", 0, Long.MAX_VALUE)
        .ifPresent(nanos -> rates.put("pprof4j.blockprofilerate", nanos));
    number("mutex", 0, Integer.MAX_VALUE)
        .ifPresent(fraction -> rates.put("pprof4j.mutexprofilefraction", fraction));
    return rates;
  }

  private Optional<String> number(String key, long least, long most) {
    String text = values.get(key);
    if (text == null) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return Optional.of(Long.toString(number));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "agent argument %s=%s: expected a whole number from %d to %d"
            .formatted(key, text, least, most));
  }

  /**
   * Mean bytes between two samples of the heap; 0 takes none.
   *
   * @throws IllegalArgumentException if it is no number, with k or m behind it or not
   */
  OptionalLong heapInterval() {
    String text = values.get("heap");
    if (text == null) {
      return OptionalLong.empty();
    }
    String size = text.toLowerCase(Locale.ROOT);
    long unit = size.endsWith("k") ? 1L << 10 : size.endsWith("m") ? 1L << 20 : 1;
    try {
      long count = Long.parseLong(unit == 1 ? size : size.substring(0, size.length() - 1));
      if (count >= 0 && count <= Integer.MAX_VALUE / unit) {
        return OptionalLong.of(count * unit);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "agent argument heap="
            + text
            + ": expected bytes between samples, such as 512k, less than 2048m");
  }
}
