// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.Locations;
import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.internal.text.LineScanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The memory map at the end of legacy profiles: lines of /proc/self/maps, or the brief form {@code
 * 0x40000-0x80000 /path/to/binary (@FF00) abc123}. Lines {@code name=value} define what {@code
 * $name} stands for in later lines; other lines are skipped.
 */
final class MemoryMap {
  private static final String[] SENTINELS = {"--- Memory map: ---", "MAPPED_LIBRARIES:"};

  /** Longer runs of digits are no addresses; they would make matching slow. */
  private static final int MAX_NUMBERS = 256;

  private static final int MAX_EXPANDED_LINE = 1 << 20;

  private static final String SPACE = "[\\t\\n\\f\\r ]";
  private static final String HEX = "(?:0x)?([0-9a-fA-F]+)";
  private static final String RANGE =
      SPACE + "*" + HEX + "(?:" + SPACE + "|-)?" + SPACE + "*" + HEX + ":?";
  private static final String PERMISSIONS = "(?:" + SPACE + "+([-rwxp]+))?";
  private static final String WORD = "(?:" + SPACE + "+([^\\t\\n\\f\\r ]+))?";
  private static final String HEX_WORD = "(?:" + SPACE + "+([0-9a-fA-F]+))?";

  private static final Pattern PROC =
      Pattern.compile(
          RANGE
              + PERMISSIONS
              + HEX_WORD
              + SPACE
              + "+[0-9a-fA-F]+:[0-9a-fA-F]+"
              + SPACE
              + "+[0-9]+"
              + WORD);

  private static final Pattern BRIEF =
      Pattern.compile(
          RANGE + PERMISSIONS + WORD + "(?:" + SPACE + "+\\(@([0-9a-fA-F]+)\\))?" + HEX_WORD);

  private MemoryMap() {}

  static boolean isSentinel(String line) {
    return line.contains(SENTINELS[0]) || line.contains(SENTINELS[1]);
  }

  /** Skips to the memory map, if any, and places the locations of the draft in it. */
  static void readSection(LineScanner lines, LegacyDraft draft) throws ProfileFormatException {
    while (!isSentinel(lines.line()) && lines.next()) {
      // Sections that nobody knows are skipped.
    }
    readTo(draft, lines);
  }

  /** Reads mappings up to the end and places the locations of the draft in them. */
  static void readTo(LegacyDraft draft, LineScanner lines) throws ProfileFormatException {
    draft.place(arrange(parse(lines)));
  }

  private static List<MappingDraft> parse(LineScanner lines) throws ProfileFormatException {
    List<MappingDraft> mappings = new ArrayList<>();
    Map<String, String> attributes = new LinkedHashMap<>();
    while (lines.next()) {
      String line = expand(withoutLogPrefix(lines.line()), attributes);
      MappingDraft mapping = entry(line);
      if (mapping == null) {
        int equals = line.indexOf('=');
        if (equals >= 0) {
          attributes.putIfAbsent(
              "$" + LineScanner.trim(line.substring(0, equals)),
              LineScanner.trim(line.substring(equals + 1)));
        }
      } else if (mapping.executable) {
        mappings.add(mapping);
      }
    }
    return mappings;
  }

  /** Removes the prefix of a log line, {@code ... file:line] }. */
  private static String withoutLogPrefix(String line) {
    int bracket = line.indexOf(']');
    int digits = bracket;
    while (digits > 0 && isDigit(line.charAt(digits - 1))) {
      digits--;
    }
    boolean isPrefix =
        bracket > 0
            && digits < bracket
            && digits > 1
            && line.charAt(digits - 1) == ':'
            && (line.indexOf('[') < 0 || line.indexOf('[') > bracket)
            && bracket + 1 < line.length()
            && "\t\n\f\r ".indexOf(line.charAt(bracket + 1)) >= 0;
    return isPrefix ? line.substring(bracket + 2) : line;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String expand(String line, Map<String, String> attributes) {
    if (attributes.isEmpty() || line.indexOf('$') < 0) {
      return line;
    }
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < line.length() && expanded.length() < MAX_EXPANDED_LINE) {
      String name = attributeAt(line, at, attributes);
      if (name == null) {
        expanded.append(line.charAt(at++));
      } else {
        expanded.append(attributes.get(name));
        at += name.length();
      }
    }
    return expanded.toString();
  }

  private static @Nullable String attributeAt(String line, int at, Map<String, String> attributes) {
    if (line.charAt(at) != '$') {
      return null;
    }
    for (String name : attributes.keySet()) {
      if (line.startsWith(name, at)) {
        return name;
      }
    }
    return null;
  }

  /** A mapping, or null if the line is not one. */
  private static @Nullable MappingDraft entry(String line) {
    if (startsWithLongNumber(line)) {
      return null;
    }
    Matcher proc = PROC.matcher(line);
    if (proc.lookingAt()) {
      return entry(new Fields(proc, 3, 4, 5, 0));
    }
    Matcher brief = BRIEF.matcher(line);
    return brief.lookingAt() ? entry(new Fields(brief, 3, 5, 4, 6)) : null;
  }

  /** Whether a line starts with more digits than two addresses can have. */
  private static boolean startsWithLongNumber(String line) {
    int at = 0;
    while (at < line.length() && "0123456789abcdefABCDEFx- ".indexOf(line.charAt(at)) >= 0) {
      at++;
    }
    return at > MAX_NUMBERS && line.substring(0, at).replace(" ", "").length() > MAX_NUMBERS;
  }

  /** The groups of a match; 0 stands for a field that the form does not have. */
  private record Fields(Matcher match, int permissions, int offset, int file, int buildId) {
    String get(int group) {
      String text = group == 0 ? null : match.group(group);
      return text == null ? "" : text;
    }
  }

  private static @Nullable MappingDraft entry(Fields fields) {
    String permissions = fields.get(fields.permissions);
    if (!permissions.isEmpty() && permissions.indexOf('x') < 0) {
      return MappingDraft.notExecutable();
    }
    String offsetText = fields.get(fields.offset);
    OptionalLong start = LegacyNumbers.hex(fields.get(1));
    OptionalLong limit = LegacyNumbers.hex(fields.get(2));
    OptionalLong offset = LegacyNumbers.hex(offsetText.isEmpty() ? "0" : offsetText);
    if (start.isEmpty() || limit.isEmpty() || offset.isEmpty()) {
      return null;
    }
    return new MappingDraft(
        start.getAsLong(),
        limit.getAsLong(),
        offset.getAsLong(),
        fields.get(fields.file),
        fields.get(fields.buildId));
  }

  /** Joins mappings that were split, and puts the one that looks like the program first. */
  private static List<MappingDraft> arrange(List<MappingDraft> mappings) {
    List<MappingDraft> joined = new ArrayList<>();
    for (MappingDraft mapping : mappings) {
      MappingDraft last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && last.isContinuedBy(mapping)) {
        last.join(mapping);
      } else {
        joined.add(mapping);
      }
    }
    for (int row = 0; row < joined.size(); row++) {
      if (joined.get(row).mayBeMain()) {
        java.util.Collections.swap(joined, 0, row);
        break;
      }
    }
    return joined;
  }

  /** Finds the mapping of each address, correcting mappings that were recorded wrongly. */
  static final class Placement {
    /** Where programs are linked to when nothing else is asked for. */
    private static final long USUAL_START = 0x400000;

    /** Comparisons of addresses with mappings, beyond which input is taken for hostile. */
    private static final long MAX_WORK = 2_000_000_000L;

    private final List<MappingDraft> mappings;
    private @Nullable MappingDraft fake;
    private long work;

    Placement(List<MappingDraft> map) {
      mappings = new ArrayList<>(map);
      dropHugePage();
      if (!mappings.isEmpty()) {
        MappingDraft main = mappings.get(0);
        if (main.start - main.offset == USUAL_START) {
          main.startAtFileStart();
        }
      }
    }

    /** Text that was moved to huge pages hides the mapping that it came from. */
    private void dropHugePage() {
      if (mappings.size() > 1
          && mappings.get(0).file.startsWith("/anon_hugepage")
          && mappings.get(0).limit == mappings.get(1).start) {
        mappings.remove(0);
      }
    }

    List<MappingDraft> mappings() {
      return mappings;
    }

    /** The row of an address's mapping; a stand-in covers all that no mapping does. */
    int mapping(long address) throws ProfileFormatException {
      if (address == 0) {
        return Locations.NO_MAPPING;
      }
      work += mappings.size();
      if (work > MAX_WORK) {
        throw Legacy.malformed("too many addresses and mappings", -1);
      }
      for (int row = 0; row < mappings.size(); row++) {
        if (mappings.get(row).contains(address)) {
          return row;
        }
      }
      for (int row = 0; row < mappings.size(); row++) {
        if (mappings.get(row).precededBy(address)) {
          mappings.get(row).startAtFileStart();
          return row;
        }
      }
      if (fake == null) {
        fake = new MappingDraft(0, -1, 0, "", "");
        mappings.add(fake);
      }
      return mappings.indexOf(fake);
    }
  }
}
