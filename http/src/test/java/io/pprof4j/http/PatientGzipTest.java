// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class PatientGzipTest {
  @Test
  void signsOfLifeAddNothing() throws IOException {
    Profile profile = Profile.builder(new ValueType("cpu", "nanoseconds")).build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PatientGzip gzip = new PatientGzip(out);

    gzip.beat();
    gzip.beat();
    gzip.write(profile);

    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    profile.writeUncompressedTo(plain);
    assertThat(out.toByteArray()).startsWith(0x1f, 0x8b, 8);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes())
        .isEqualTo(plain.toByteArray());
  }
}
