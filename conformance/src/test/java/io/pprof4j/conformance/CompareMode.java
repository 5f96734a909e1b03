// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How recorded and actual bytes are compared: both are normalised and must then be equal. Text is
 * handled as ISO-8859-1, so that no byte is lost.
 */
enum CompareMode {
  EXACT,
  /** The original iterates a map. */
  SORTED_LINES,
  /** The words inside the brackets come from a map. */
  BRACKET_SET,
  /** Ties in top are broken by map order, and the running sum depends on the order. */
  TOP_SET,
  /** Ties in a graph are broken by map order, and so are node numbers. */
  DOT_SET,
  /** Compressed bytes may differ; the message may not. */
  PROTO,
  /** Style and script are ours; the structure is not. */
  HTML,
  NONE;

  private static final Pattern BRACKETS = Pattern.compile("(conflicting options set: \\[)([^]]*)]");
  private static final Pattern DOT_NODE =
      Pattern.compile("^(NN?\\d+(?:_\\d+)*) \\[(.*)]\\s*$", Pattern.MULTILINE);
  private static final Pattern DOT_ID = Pattern.compile("\\bNN?\\d+(?:_\\d+)*\\b");
  private static final Pattern STYLE =
      Pattern.compile("<style[^>]*>.*?</style>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern SCRIPT =
      Pattern.compile("<script[^>]*>.*?</script>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  static CompareMode named(String name) {
    return valueOf(name.replace('-', '_').toUpperCase(java.util.Locale.ROOT));
  }

  /** The bytes as text, with everything removed that this mode leaves open. */
  String normalize(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    return switch (this) {
      case EXACT, PROTO -> text;
      case SORTED_LINES -> sortedLines(text);
      case BRACKET_SET -> sortedBrackets(text);
      case TOP_SET -> sortedLines(maskedSum(text));
      case DOT_SET -> sortedLines(withoutNodeIds(text));
      case HTML -> bareHtml(text);
      case NONE -> "";
    };
  }

  private static String sortedLines(String text) {
    String[] lines = text.split("\n", -1);
    Arrays.sort(lines);
    return String.join("\n", lines);
  }

  private static String sortedBrackets(String text) {
    Matcher matcher = BRACKETS.matcher(text);
    return matcher.replaceAll(
        match -> {
          String[] words = match.group(2).split(" ", -1);
          Arrays.sort(words);
          return Matcher.quoteReplacement(match.group(1) + String.join(" ", words) + "]");
        });
  }

  /** Blanks out the third column of the rows of top. */
  private static String maskedSum(String text) {
    StringBuilder masked = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      boolean row = line.length() > 24 && line.charAt(16) == '%' && line.charAt(23) == '%';
      masked.append(row ? line.substring(0, 17) + "       " + line.substring(24) : line);
      masked.append('\n');
    }
    return masked.toString();
  }

  private static String withoutNodeIds(String text) {
    Map<String, String> attributes = new HashMap<>();
    Matcher node = DOT_NODE.matcher(text);
    while (node.find()) {
      attributes.put(node.group(1), "{" + node.group(2).replaceAll("\\bid=\"[^\"]*\" ?", "") + "}");
    }
    return DOT_ID
        .matcher(text.replaceAll("\\bid=\"node\\d+\" ?", ""))
        .replaceAll(
            id -> Matcher.quoteReplacement(attributes.getOrDefault(id.group(), id.group())));
  }

  private static String bareHtml(String text) {
    String bare = STYLE.matcher(text).replaceAll("<style/>");
    bare = SCRIPT.matcher(bare).replaceAll("<script/>");
    List<String> lines = new ArrayList<>();
    for (String line : bare.split("\n", -1)) {
      String stripped = line.stripTrailing();
      if (!stripped.isEmpty()) {
        lines.add(stripped);
      }
    }
    return String.join("\n", lines);
  }
}
