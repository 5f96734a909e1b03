// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.MappingSpec;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebTrainingTest {
  @TempDir Path directory;

  @Test
  void isAnsweredEveryPage() throws IOException {
    Path file = directory.resolve("cpu.pb.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      profile().writeTo(out);
    }

    assertThat(WebTraining.run(file, directory)).isEqualTo(WebTraining.pages());
  }

  @Test
  void saysWhenThereIsNothingToServe() {
    Path missing = directory.resolve("missing.pb.gz");

    assertThatThrownBy(() -> WebTraining.run(missing, directory)).isInstanceOf(IOException.class);
  }

  private static Profile profile() {
    ProfileBuilder builder = Profile.builder(new ValueType("cpu", "nanoseconds"));
    int jar = builder.mapping(MappingSpec.resolvedFile("shop.jar", ""));
    int sell = builder.function("com.acme.Shop.sell", "", "Shop.java", 1);
    int[] stack = {builder.location(jar, sell, 7)};
    return builder.sample(stack, 1_000_000).build();
  }
}
