// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.binary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The format of a native binary, by its first bytes. */
public enum NativeFormat {
  /** Of Linux and most other Unixes. */
  ELF,
  /** Of macOS, for one kind of processor. */
  MACH_O,
  /** Of Windows. */
  PE,
  /** Anything else. */
  OTHER;

  /** The format of a file. */
  public static NativeFormat of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
    }
    int magic = 0;
    for (byte each : head) {
      magic = (magic << 8) | Byte.toUnsignedInt(each);
    }
    return switch (magic) {
      case 0x7f454c46 -> ELF;
      case 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe -> MACH_O;
      default -> magic >>> 16 == 0x4d5a ? PE : OTHER;
    };
  }
}
