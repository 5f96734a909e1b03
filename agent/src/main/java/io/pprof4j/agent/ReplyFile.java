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
   * Makes sure that there will be an answer.
   *
   * @throws IOException if the file is not there, is not empty or cannot be written
   */
  static void check(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != 0) {
      throw new IOException(file + " is no empty file to reply into");
    }
    if (!Files.isWritable(file)) {
      throw new IOException("cannot reply into " + file);
    }
  }

  /**
   * Writes the answer. Who asks has made the file, for himself alone to read; another file is not
   * touched.
   *
   * @throws IOException if it is not there, is not empty or cannot be written
   */
  static void write(Path file, String answer) throws IOException {
    check(file);
    Files.write(
        file,
        answer.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }
}
