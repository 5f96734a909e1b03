// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.report.ReportException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What Go 1.26's package {@code regexp} takes and refuses, and in which words. */
class PatternSyntaxTest {
  private static boolean finds(String expression, String text) throws ReportException {
    return SearchPattern.compile("", expression).finder().test(text);
  }

  @Test
  void refusesWhatGoRefusesInItsWords() {
    Map<String, String> mistakes = new TreeMap<>();
    mistakes.put("\\x{110000}", "invalid escape sequence: `\\x{110000`");
    mistakes.put("\\ü", "invalid escape sequence: `\\ü`");
    mistakes.put("\\C", "invalid escape sequence: `\\C`");
    mistakes.put("\\8", "invalid escape sequence: `\\8`");
    mistakes.put("a\\", "trailing backslash at end of expression: ``");
    mistakes.put("*(a{100}){100}", "missing argument to repetition operator: `*`");
    mistakes.put("(|*)", "missing argument to repetition operator: `*`");
    mistakes.put("a**", "invalid nested repetition operator: `**`");
    mistakes.put("a{1,2}{3}", "invalid nested repetition operator: `{1,2}{3}`");
    mistakes.put("(?<n\\x{110000}", "invalid named capture: `(?<n\\x{110000}`");
    mistakes.put("(?P<a-b>x)", "invalid named capture: `(?P<a-b>`");
    mistakes.put("(?=a)", "invalid or unsupported Perl syntax: `(?=`");
    mistakes.put("(?i-)a", "invalid or unsupported Perl syntax: `(?i-)`");
    mistakes.put("[z-a]((a{10}){10}){11}", "invalid character class range: `z-a`");
    mistakes.put("[a\\p{Letter}b", "missing closing ]: `[a\\p{Letter}b`");
    mistakes.put("[[:foo:]]", "invalid character class range: `[:foo:]`");
    mistakes.put("\\p{Nowhere}", "invalid character class range: `\\p{Nowhere}`");
    mistakes.put("\\p{Old_Italic}", "invalid character class range: `\\p{Old_Italic}`");
    mistakes.put("((a{10}){10}){11}", "invalid repeat count: `{11}`");
    mistakes.put("a{1001}", "invalid repeat count: `{1001}`");
    mistakes.put("a{5,2}", "invalid repeat count: `{5,2}`");
    mistakes.put("a(b", "missing closing ): `a(b`");
    mistakes.put("a)b", "unexpected ): `a)b`");

    mistakes.forEach(
        (expression, words) ->
            assertThatThrownBy(() -> finds(expression, ""))
                .as(expression)
                .isInstanceOf(ReportException.class)
                .hasMessage("error parsing regexp: " + words));
  }

  @Test
  void refusesToNestTooDeeply() throws ReportException {
    assertThat(finds("(".repeat(999) + "a" + ")".repeat(999), "a")).isTrue();
    assertThatThrownBy(() -> finds("(".repeat(1000) + "a" + ")".repeat(1000), "a"))
        .hasMessageStartingWith("error parsing regexp: expression nests too deeply: `((");
  }

  @Test
  void refusesWhatWouldTakeTooMuchMemory() {
    assertThatThrownBy(() -> finds("(" + "x".repeat(4000) + "){1000}", "a"))
        .hasMessageStartingWith("error parsing regexp: expression too large: `(x");
  }

  @Test
  void takesNamesOfUnicodeClassesInEverySpelling() throws ReportException {
    assertThat(finds("^\\p{ lowercase-Letter}$", "x")).isTrue();
    assertThat(finds("^\\p{lu}\\p{^letter}[\\p{LC}-]$", "X1-")).isTrue();
    assertThat(finds("^\\P{Letter}$", "x")).isFalse();
    assertThat(finds("\\p{Cn}", "\uFFFF")).isTrue();
    assertThat(finds("[^\\p{Assigned}]", "a\uFFFF")).isTrue();
    assertThat(finds("\\p{Cn}|\\P{ASCII}", "plain")).isFalse();
    assertThat(finds("\\p{greek}\\p{Han}", "λ関")).isTrue();
  }

  @Test
  void letsGroupsHaveOneName() throws ReportException {
    assertThat(finds("(?P<n>a)(?<n>b)+$", "abb")).isTrue();
  }

  @Test
  void readsQuotedTextAndBracesAsThemselves() throws ReportException {
    assertThat(finds("^\\Qa.b{\\E{2}$", "a.b{{")).isTrue();
    assertThat(finds("^a{,2}{}x{$", "a{,2}{}x{")).isTrue();
    assertThat(finds("^[]a][^]a]$", "]b")).isTrue();
    assertThat(finds("^\\x{1F600}\\x41\\101\\0$", "\uD83D\uDE00AA\0")).isTrue();
  }
}
