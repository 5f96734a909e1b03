// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.capture.EngineUnavailableException;
import org.junit.jupiter.api.Test;

class PlatformTest {
  @Test
  void namesTheFolderOfEachPlatform() throws EngineUnavailableException {
    assertThat(Platform.of("Linux", "amd64", false).folder()).isEqualTo("linux-x86_64");
    assertThat(Platform.of("Linux", "aarch64", true).folder()).isEqualTo("linux-musl-aarch64");
    assertThat(Platform.of("Mac OS X", "aarch64", false).fileName()).isEqualTo("libpprof4j.dylib");
  }

  @Test
  void saysWhereThereIsNoSampler() {
    assertThatThrownBy(() -> Platform.of("Windows 11", "amd64", false))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("Windows 11 on amd64");
    assertThatThrownBy(() -> Platform.of("Linux", "s390x", false))
        .isInstanceOf(EngineUnavailableException.class);
  }
}
