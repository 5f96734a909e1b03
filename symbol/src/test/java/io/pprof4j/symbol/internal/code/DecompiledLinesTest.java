// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecompiledLinesTest {
  @Test
  void putsStatementsAtTheirNumbersAndTheRestAroundThem() {
    String source =
        """
        class A {
          void a() {
            one();
            two();
          }
        }
        """;

    List<String> lines = atOriginalNumbers(source, new int[] {5, 3, 7, 4});

    assertThat(lines)
        .containsExactly(
            "", "", "class A {", "  void a() {", "    one();", "", "    two();", "  }", "}");
  }

  @Test
  void joinsWhatHasNoRoom() {
    String source = "class A {\n  void a() {\n    one();\n    two();\n  }\n}\n";

    List<String> lines = atOriginalNumbers(source, new int[] {1, 3, 1, 4});

    assertThat(lines).containsExactly("class A { void a() { one(); two();", "  }", "}");
  }

  @Test
  void keepsTheOrderOfNumbersWhereTheDecompilerChangesIt() {
    String source = "  late();\n  early();\n";

    List<String> lines = atOriginalNumbers(source, new int[] {4, 1, 2, 2});

    assertThat(lines).containsExactly("", "  early();", "", "  late();");
  }

  private static List<String> atOriginalNumbers(String source, int[] mapping) {
    return DecompiledLines.atOriginalNumbers(source, mapping, FieldLines.of(List.of()));
  }

  @Test
  void knowsNothingWithoutNumbers() {
    assertThat(atOriginalNumbers("class A {}\n", new int[0])).isEmpty();
    assertThat(atOriginalNumbers("class A {}\n", new int[] {1 << 30, 1})).isEmpty();
  }
}
