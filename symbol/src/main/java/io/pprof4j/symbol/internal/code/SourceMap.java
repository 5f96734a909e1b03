// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of which source files the line numbers of a class stand for (JSR 45). Compilers use
 * it where one class has code of several files: Kotlin for inlined functions, whose lines it
 * numbers behind the last of the class's own file; JSP compilers for pages.
 */
public final class SourceMap {
  /** Kotlin's stratum of the places where inlined functions are called. */
  private static final String CALLS = "KotlinDebug";

  /** Start, file, count, first number, numbers for each line. */
  private static final Pattern RANGE =
      Pattern.compile("(\\d{1,9})(?:#(\\d{1,9}))?(?:,(\\d{1,9}))?:(\\d{1,9})(?:,(\\d{1,9}))?");

  /**
   * A line of a file.
   *
   * @param file its name
   * @param path its path below a source root; in Kotlin's maps, the internal name of a class in it
   * @param line its number
   */
  public record Place(String file, String path, long line) {}

  private record File(String name, String path) {}

  private record Range(File file, long start, long count, long first, long step) {
    @Nullable Place place(long number) {
      long offset = number - first;
      return offset < 0 || offset >= count * step
          ? null
          : new Place(file.name, file.path, start + offset / step);
    }
  }

  private final Map<String, List<Range>> strata = new HashMap<>();
  private String main = "";

  private SourceMap() {}

  /** Reads a map; what is malformed in it is left out. */
  public static SourceMap parse(String text) {
    SourceMap map = new SourceMap();
    List<String> lines = text.lines().toList();
    if (lines.size() > 3 && lines.get(0).equals("SMAP")) {
      map.main = lines.get(2).strip();
      map.read(lines);
    }
    return map;
  }

  private void read(List<String> lines) {
    Map<Integer, File> files = new HashMap<>();
    List<Range> ranges = new ArrayList<>();
    String section = "";
    int currentFile = 0;
    for (int at = 3; at < lines.size(); at++) {
      String line = lines.get(at).strip();
      if (line.startsWith("*")) {
        section = line.substring(0, Math.min(2, line.length()));
        if (section.equals("*S")) {
          files = new HashMap<>();
          ranges = strata.computeIfAbsent(line.substring(2).strip(), name -> new ArrayList<>());
          currentFile = 0;
        }
      } else if (section.equals("*F")) {
        boolean hasPath = line.startsWith("+") && at + 1 < lines.size();
        addFile(hasPath ? line.substring(1).strip() : line, hasPath ? lines.get(++at) : "", files);
      } else if (section.equals("*L")) {
        currentFile = addRange(line, currentFile, files, ranges);
      }
    }
  }

  private static void addFile(String numbered, String path, Map<Integer, File> files) {
    int space = numbered.indexOf(' ');
    try {
      String name = numbered.substring(space + 1).strip();
      int number = Integer.parseInt(numbered.substring(0, Math.max(space, 0)));
      files.put(number, new File(name, path.isBlank() ? name : path.strip()));
    } catch (NumberFormatException malformed) {
      return; // Lines of that file stay as they are.
    }
  }

  /** Returns the file's number, which holds for the lines that follow until another is given. */
  private static int addRange(
      String line, int currentFile, Map<Integer, File> files, List<Range> ranges) {
    Matcher matcher = RANGE.matcher(line);
    if (!matcher.matches()) {
      return currentFile;
    }
    int number = matcher.group(2) == null ? currentFile : Integer.parseInt(matcher.group(2));
    File file = files.get(number);
    if (file != null) {
      ranges.add(
          new Range(
              file,
              Long.parseLong(matcher.group(1)),
              number(matcher.group(3)),
              Long.parseLong(matcher.group(4)),
              Math.max(1, number(matcher.group(5)))));
    }
    return number;
  }

  private static long number(@Nullable String text) {
    return text == null ? 1 : Long.parseLong(text);
  }

  /** What a line number stands for; null if it stands for itself. */
  public @Nullable Place place(long number) {
    return place(strata.getOrDefault(main, List.of()), number);
  }

  /** Where the inlined function is called that a line number is of; null if that is unknown. */
  public @Nullable Place call(long number) {
    return place(strata.getOrDefault(CALLS, List.of()), number);
  }

  private static @Nullable Place place(List<Range> ranges, long number) {
    for (Range range : ranges) {
      Place place = range.place(number);
      if (place != null) {
        return place;
      }
    }
    return null;
  }
}
