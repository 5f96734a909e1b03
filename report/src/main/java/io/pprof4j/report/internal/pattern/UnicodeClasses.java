// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** The classes of Unicode that {@code \p{name}} may name, as members of a class in brackets. */
final class UnicodeClasses {
  private static final Set<String> CATEGORIES =
      Set.of(
          "Any",
          "Ascii",
          "Assigned",
          "C",
          "Cc",
          "Cf",
          "Cn",
          "Co",
          "Cs",
          "L",
          "Lc",
          "Ll",
          "Lm",
          "Lo",
          "Lt",
          "Lu",
          "M",
          "Mc",
          "Me",
          "Mn",
          "N",
          "Nd",
          "Nl",
          "No",
          "P",
          "Pc",
          "Pd",
          "Pe",
          "Pf",
          "Pi",
          "Po",
          "Ps",
          "S",
          "Sc",
          "Sk",
          "Sm",
          "So",
          "Z",
          "Zl",
          "Zp",
          "Zs");

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("Casedletter", "Lc"),
          Map.entry("Closepunctuation", "Pe"),
          Map.entry("Combiningmark", "M"),
          Map.entry("Connectorpunctuation", "Pc"),
          Map.entry("Control", "Cc"),
          Map.entry("Cntrl", "Cc"),
          Map.entry("Currencysymbol", "Sc"),
          Map.entry("Dashpunctuation", "Pd"),
          Map.entry("Decimalnumber", "Nd"),
          Map.entry("Digit", "Nd"),
          Map.entry("Enclosingmark", "Me"),
          Map.entry("Finalpunctuation", "Pf"),
          Map.entry("Format", "Cf"),
          Map.entry("Initialpunctuation", "Pi"),
          Map.entry("Letter", "L"),
          Map.entry("Letternumber", "Nl"),
          Map.entry("Lineseparator", "Zl"),
          Map.entry("Lowercaseletter", "Ll"),
          Map.entry("Mark", "M"),
          Map.entry("Mathsymbol", "Sm"),
          Map.entry("Modifierletter", "Lm"),
          Map.entry("Modifiersymbol", "Sk"),
          Map.entry("Nonspacingmark", "Mn"),
          Map.entry("Number", "N"),
          Map.entry("Openpunctuation", "Ps"),
          Map.entry("Other", "C"),
          Map.entry("Otherletter", "Lo"),
          Map.entry("Othernumber", "No"),
          Map.entry("Otherpunctuation", "Po"),
          Map.entry("Othersymbol", "So"),
          Map.entry("Paragraphseparator", "Zp"),
          Map.entry("Privateuse", "Co"),
          Map.entry("Punct", "P"),
          Map.entry("Punctuation", "P"),
          Map.entry("Separator", "Z"),
          Map.entry("Spaceseparator", "Zs"),
          Map.entry("Spacingmark", "Mc"),
          Map.entry("Surrogate", "Cs"),
          Map.entry("Symbol", "S"),
          Map.entry("Titlecaseletter", "Lt"),
          Map.entry("Unassigned", "Cn"),
          Map.entry("Uppercaseletter", "Lu"));

  private UnicodeClasses() {}

  /** The members of a class, or of all that is not in it; empty if there is no such class. */
  static Optional<String> members(String name, boolean negated) {
    String key = canonical(name);
    String category = ALIASES.getOrDefault(key, key);
    if (CATEGORIES.contains(category)) {
      return Optional.of(written(category, negated));
    }
    return script(key).map(script -> written(key, script, negated));
  }

  /** The name as Go looks it up: a capital first, then small letters, nothing between words. */
  private static String canonical(String name) {
    String bare = name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    return bare.isEmpty() ? "" : bare.substring(0, 1).toUpperCase(Locale.ROOT) + bare.substring(1);
  }

  /** Scripts with names of several words are not found by Go. */
  private static Optional<UnicodeScript> script(String key) {
    try {
      UnicodeScript script = UnicodeScript.valueOf(key.toUpperCase(Locale.ROOT));
      boolean hidden = script == UnicodeScript.UNKNOWN || key.equals("Signwriting");
      return hidden ? Optional.empty() : Optional.of(script);
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private static String written(String category, boolean negated) {
    return switch (category) {
      case "Cn" -> ranges(UnicodeClasses::isUnassigned, negated);
      case "Assigned" -> ranges(UnicodeClasses::isUnassigned, !negated);
      case "Ascii" -> ranges(character -> character < 128, negated);
      case "Lc" -> ranges(UnicodeClasses::isCased, negated);
      default -> (negated ? "\\P{" : "\\p{") + category + "}";
    };
  }

  private static String written(String key, UnicodeScript script, boolean negated) {
    String known = (negated ? "\\P{" : "\\p{") + key + "}";
    try {
      Pattern.compile(known);
      return known;
    } catch (PatternSyntaxException newer) {
      return ranges(character -> UnicodeScript.of(character) == script, negated);
    }
  }

  private static boolean isUnassigned(int character) {
    return Character.getType(character) == Character.UNASSIGNED;
  }

  private static boolean isCased(int character) {
    int type = Character.getType(character);
    return type == Character.UPPERCASE_LETTER
        || type == Character.LOWERCASE_LETTER
        || type == Character.TITLECASE_LETTER;
  }

  private static String ranges(IntPredicate members, boolean negated) {
    StringBuilder out = new StringBuilder();
    int start = -1;
    for (int character = 0; character <= Character.MAX_CODE_POINT + 1; character++) {
      boolean in = character <= Character.MAX_CODE_POINT && members.test(character) != negated;
      if (in && start < 0) {
        start = character;
      } else if (!in && start >= 0) {
        out.append("\\x{%x}-\\x{%x}".formatted(start, character - 1));
        start = -1;
      }
    }
    return out.toString();
  }
}
