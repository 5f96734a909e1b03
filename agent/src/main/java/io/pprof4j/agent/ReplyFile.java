// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file through which an agent tells who attached where profiles are, and the token. */
final class ReplyFile {
  private ReplyFile() {}

  /**
   * Writes the answer. Who asks has made the file, for himself alone to read; another file is not
   * touched.
   *
   * @throws IOException if it is not there, is not empty or cannot be written
   */
  static void write(Path file, String answer) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != 0) {
      throw new IOException(file + " is no empty file to reply into");
    }
    Files.write(
        file,
        answer.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }
}
