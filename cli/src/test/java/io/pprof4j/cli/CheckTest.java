// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    write("base.pb.gz", 100, 900);
    write("new.pb.gz", 300, 700);
    write("few.pb.gz", 3, 7);
  }

  private void write(String file, long hot, long cold) throws IOException {
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    int one = builder.location(-1, builder.function("com.acme.Shop.hot", "", "", 0), 1);
    int two = builder.location(-1, builder.function("com.acme.Shop.cold", "", "", 0), 1);
    builder.sample(new int[] {one}, hot).sample(new int[] {two}, cold);
    try (OutputStream out = Files.newOutputStream(directory.resolve(file))) {
      builder.build().writeTo(out);
    }
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(directory).run(arguments);
  }

  @Test
  void tellsByTheExitStatus() {
    assertThat(run("-check=flat>50", "-diff_base=base.pb.gz", "new.pb.gz").exit()).isZero();
    assertThat(run("-check=flat>5", "-diff_base=base.pb.gz", "new.pb.gz").exit()).isEqualTo(1);
    assertThat(run("-check=flat>5", "-diff_base=none", "new.pb.gz").exit()).isEqualTo(2);
    assertThat(run("-check=flat>5", "-diff_base=base.pb.gz", "few.pb.gz").exit()).isEqualTo(3);
  }

  @Test
  void namesTheFunctionsThatGrew() {
    CommandRun run = run("-check=flat>5,total>10%", "-diff_base=base.pb.gz", "new.pb.gz");

    assertThat(run.out())
        .contains("FAIL  flat>5\n      +20.00 points  100 (10.00%) -> 300 (30.00%)")
        .contains("com.acme.Shop.hot\n")
        .contains("ok    total>10%\n")
        .doesNotContain("Shop.cold");
  }

  @Test
  void writesToTheFileThatIsAskedFor() throws IOException {
    CommandRun run = run("-check=flat>5", "-output=o", "-diff_base=base.pb.gz", "new.pb.gz");

    assertThat(run.out()).isEmpty();
    assertThat(directory.resolve("o")).content().contains("FAIL  flat>5");
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    assertThat(run("-check=flat>5", "new.pb.gz").err())
        .isEqualTo("pprof: -check needs -diff_base, the profile to compare with\n");
    assertThat(run("-check=flat>5", "-base=base.pb.gz", "new.pb.gz").exit()).isEqualTo(2);
    assertThat(run("-top", "-check=flat>5", "-diff_base=base.pb.gz", "new.pb.gz").err())
        .isEqualTo("pprof: -check is not compatible with an output format or -http\n");
    assertThat(run("-check=speed>5", "-diff_base=base.pb.gz", "new.pb.gz").err())
        .contains("\"speed\" is none of flat, cum, total");
  }
}
