// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.report.SourceFinder;
import io.pprof4j.report.SourceFinder.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecompiledSourceTest {
  /** Each call of mark has the number of its line. */
  private static final String SHOP =
      """
      package com.acme;

      import java.util.List;
      import java.util.function.Supplier;

      /** A shop. */
      public class Shop {
        private static final int OPENING = mark(8);

        private int rest =
            mark(10);


        static int mark(int line) {
          return line * 31;
        }

        public class Cart {
          private int sum;

          public Cart() {
            sum = mark(22);
          }

          int add(List<Integer> prices) {
            for (int price : prices) {
              if (price > mark(27)) {
                sum += mark(28);
              } else {
                sum -= price;
              }
            }

            return mark(34) + sum;
          }
        }

        public int sell(String what) {
          Supplier<Integer> price =
              () -> {
                int base = what.length();
                return base + mark(42);
              };

          try {
            return price.get() + mark(46);
          } catch (IllegalStateException e) {
            return mark(48);
          }
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void showsStatementsAtTheirOriginalLines() throws IOException {
    Path classes = compiled();

    SourceText found = find(classes, "com.acme.Shop.sell");

    for (int line : new int[] {8, 22, 27, 28, 34, 42, 46, 48}) {
      assertThat(found.lines().get(line - 1)).contains("mark(" + line + ")");
    }
    assertThat(found.lines().get(9)).isEqualTo("  private int rest = mark(10);");
    assertThat(IntStream.range(0, found.lines().size()))
        .filteredOn(at -> found.lines().get(at).contains("mark("))
        .hasSize(10);
  }

  @Test
  void tellsThatItIsDecompiled() throws IOException {
    Path classes = compiled();

    assertThat(find(classes, "com.acme.Shop.sell").note())
        .isEqualTo("decompiled from " + classes + "; the original source is not there");
  }

  @Test
  void findsNestedClassesInTheSourceOfTheirOutermost() throws IOException {
    Path classes = compiled();

    assertThat(find(classes, "com.acme.Shop$Cart.add").lines())
        .isEqualTo(find(classes, "com.acme.Shop.<init>").lines());
  }

  @Test
  void prefersTheOriginalSource() throws IOException {
    Path classes = compiled();
    Files.writeString(classes.resolve("com/acme/Shop.java"), "original\n");

    SourceText found = find(classes, "com.acme.Shop.sell");

    assertThat(found.lines()).containsExactly("original");
    assertThat(found.note()).isEmpty();
  }

  @Test
  void hasNoSourceOfDamagedClasses() throws IOException {
    Path classes = compiled();
    Path file = classes.resolve("com/acme/Shop.class");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> find(classes, "com.acme.Shop.sell"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("could not find file Shop.java");
  }

  private SourceText find(Path classes, String function) throws IOException {
    return new SourceLookup(
            directory, new CodePath(List.of(classes), ArtifactStores.of(directory, "")))
        .find(new SourceFinder.Request("Shop.java", function, "", ""));
  }

  private Path compiled() throws IOException {
    Path source = Files.createDirectories(directory.resolve("source")).resolve("Shop.java");
    Files.writeString(source, SHOP);
    Path classes = directory.resolve("classes");
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, "-g", "-d", classes.toString(), source.toString());
    assertThat(status).isZero();
    Files.delete(source);
    return classes;
  }
}
