// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Equality of what tables are looked up by, which is written by hand. */
class SpecsTest {
  /** A method that differs from that of 0 in the part of a number. */
  private static JvmMethod method(int part) {
    return new JvmMethod(
        part == 1 ? "x" : "c",
        part == 2 ? "x" : "n",
        part == 3 ? "x" : "d",
        part == 4 ? "x" : "s",
        part == 5 ? 9 : 0,
        part == 6 ? "x" : "j");
  }

  private static MappingSpec mapping(int part) {
    return new MappingSpec(
        part == 1 ? 9 : 0,
        part == 2 ? 9 : 0,
        part == 3 ? 9 : 0,
        part == 4 ? "x" : "f",
        part == 5 ? "x" : "b",
        new MappingSpec.Resolved(part == 6, part == 7, part == 8, part == 9));
  }

  @Test
  void methodsAreEqualIfAllTheirPartsAre() {
    List<JvmMethod> methods = IntStream.rangeClosed(0, 6).mapToObj(SpecsTest::method).toList();

    assertThat(methods).doesNotHaveDuplicates().doesNotContain((JvmMethod) null);
    assertThat(method(0)).isEqualTo(method(0)).hasSameHashCodeAs(method(0)).isNotEqualTo("c");
  }

  @Test
  void mappingsAreEqualIfAllTheirPartsAre() {
    List<MappingSpec> mappings = IntStream.rangeClosed(0, 9).mapToObj(SpecsTest::mapping).toList();

    assertThat(mappings).doesNotHaveDuplicates();
    assertThat(mapping(0)).isEqualTo(mapping(0)).hasSameHashCodeAs(mapping(0)).isNotEqualTo("f");
    assertThat(MappingSpec.Resolved.ALL)
        .isEqualTo(new MappingSpec.Resolved(true, true, true, true))
        .hasSameHashCodeAs(new MappingSpec.Resolved(true, true, true, true))
        .isNotEqualTo(MappingSpec.Resolved.NOTHING);
  }
}
