// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DropFramesTest {
  /** {@code alloc} called by {@code main}, as it is after writing and reading. */
  private static Profile profile(String drop, String keep) throws IOException {
    ProfileBuilder builder = Profile.builder(new ValueType("space", "bytes"));
    int[] stack = new int[2];
    stack[0] = builder.location(Locations.NO_MAPPING, builder.function("alloc", "", "", 0), 0);
    stack[1] = builder.location(Locations.NO_MAPPING, builder.function("main", "", "", 0), 0);
    builder.sample(stack, 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    builder.build().withHeader(header -> header.withDropKeep(drop, keep)).writeTo(out);
    return Profile.read(new ByteArrayInputStream(out.toByteArray()));
  }

  private static int depth(Profile profile) {
    Profile dropped = DropFrames.apply(profile);
    return dropped.stacks().depth(dropped.samples().stack(0));
  }

  @Test
  void dropsWhatTheProfileSaysButWhatItKeeps() throws IOException {
    assertThat(depth(profile("al.*", ""))).isEqualTo(1);
    assertThat(depth(profile("al.*", "alloc"))).isEqualTo(2);
  }

  @Test
  void dropsNothingByExpressionsThatCannotBeRead() throws IOException {
    assertThat(depth(profile("al(", ""))).isEqualTo(2);
    assertThat(depth(profile("al.*", "(x"))).isEqualTo(2);
    assertThat(depth(profile("al.*", "x\uDC80"))).isEqualTo(2);
    assertThat(depth(profile("al.*|\uDCFF", ""))).isEqualTo(2);
  }
}
