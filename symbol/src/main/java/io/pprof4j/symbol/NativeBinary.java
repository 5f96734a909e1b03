// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import io.pprof4j.symbol.internal.binary.ElfFile;
import java.io.IOException;
import java.nio.file.Path;

/** Facts about executables and libraries of the system. */
public final class NativeBinary {
  private NativeBinary() {}

  /** The GNU build id in hexadecimal; empty if the file has none or is no ELF file. */
  public static String buildId(Path file) {
    try {
      return ElfFile.read(file).buildId();
    } catch (IOException notElf) {
      return "";
    }
  }
}
