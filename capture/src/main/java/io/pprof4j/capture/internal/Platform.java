// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.EngineUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Which of the libraries built by {@code capture/native/build.sh} fits a machine.
 *
 * @param folder folder of the resource: {@code linux-x86_64}
 * @param fileName name of the library: {@code libpprof4j.so}
 */
record Platform(String folder, String fileName) {

  /** This machine. */
  static Platform current() throws EngineUnavailableException {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"), isMusl());
  }

  static Platform of(String osName, String osArch, boolean isMusl)
      throws EngineUnavailableException {
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> throw unknown(osName, osArch);
        };
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.startsWith("linux")) {
      return new Platform((isMusl ? "linux-musl-" : "linux-") + arch, "libpprof4j.so");
    }
    if (os.startsWith("mac")) {
      return new Platform("macos-" + arch, "libpprof4j.dylib");
    }
    throw unknown(osName, osArch);
  }

  private static EngineUnavailableException unknown(String osName, String osArch) {
    return new EngineUnavailableException(
        "no native sampler for %s on %s: there is one for Linux and macOS, x86-64 and arm64"
            .formatted(osName, osArch));
  }

  /** Whether this process was linked by musl: its loader is then mapped into the process. */
  private static boolean isMusl() {
    try (BufferedReader maps = Files.newBufferedReader(Path.of("/proc/self/maps"))) {
      return maps.lines().anyMatch(line -> line.contains("/ld-musl-"));
    } catch (IOException e) {
      return false; // no /proc: not a Linux, or one that hides it; glibc is the common case
    }
  }
}
