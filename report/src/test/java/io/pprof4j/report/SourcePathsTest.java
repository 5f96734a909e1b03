// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcePathsTest {
  @ParameterizedTest
  @CsvSource({
    "/build/shop/a/b.c, '', /home/me/shop, a/b.c",
    "/build/shop/a/b.c, /build, /home/me/shop, shop/a/b.c",
    "/build/shop/a/b.c, /other:/build/shop/, '', a/b.c",
    "/proc/self/cwd/./a.c, '', '', a.c",
    "com/acme/Shop.java, '', /src, com/acme/Shop.java",
  })
  void cutsOffWhatIsSpecialToTheBuild(String path, String trim, String search, String expected) {
    assertThat(SourcePaths.trim(path, trim, search)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a//b, a/b",
    "./a, a",
    "a/../../b, ../b",
    "/../a, /a",
    "a/, a",
    "., .",
    "'', .",
    "/, /",
    "a/.hidden, a/.hidden",
    "a/b.c, a/b.c"
  })
  void cleansPaths(String path, String expected) {
    assertThat(SourcePaths.clean(path)).isEqualTo(expected);
  }
}
