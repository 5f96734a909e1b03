// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/** What a file or directory is that may hold a program, judged by its content. */
public enum BinaryKind {
  /** An executable or library of the system: ELF, Mach-O or PE. */
  NATIVE,
  /** A jar, or another archive in zip format such as the JDK's {@code src.zip}. */
  ARCHIVE,
  /** A module in the JDK's {@code .jmod} format: a zip archive behind four bytes. */
  JMOD,
  /** A directory of classes, sources or jars. */
  DIRECTORY,
  /** Nothing of these. */
  NONE;

  /** How many entries of a directory are looked at before it is given up. */
  private static final int MAX_ENTRIES = 20_000;

  private static final byte[][] NATIVE_MAGIC = {
    {0x7f, 'E', 'L', 'F'},
    {(byte) 0xfe, (byte) 0xed, (byte) 0xfa, (byte) 0xce},
    {(byte) 0xfe, (byte) 0xed, (byte) 0xfa, (byte) 0xcf},
    {(byte) 0xce, (byte) 0xfa, (byte) 0xed, (byte) 0xfe},
    {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe},
    {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe},
    {'M', 'Z'}
  };

  /** Judges a file or directory; {@link #NONE} if it does not exist or cannot be read. */
  public static BinaryKind of(Path path) {
    try {
      if (Files.isDirectory(path)) {
        return holdsCode(path) ? DIRECTORY : NONE;
      }
      return Files.isRegularFile(path) ? ofFile(path) : NONE;
    } catch (IOException unreadable) {
      return NONE;
    }
  }

  private static BinaryKind ofFile(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
    }
    if (startsWith(head, new byte[] {'P', 'K', 3, 4})) {
      return ARCHIVE;
    }
    if (startsWith(head, new byte[] {'J', 'M', 1, 0})) {
      return JMOD;
    }
    for (byte[] magic : NATIVE_MAGIC) {
      if (startsWith(head, magic)) {
        return NATIVE;
      }
    }
    return NONE;
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  private static boolean holdsCode(Path directory) throws IOException {
    CodeSearch search = new CodeSearch();
    Files.walkFileTree(directory, search);
    return search.found;
  }

  /** Whether a name is one of a class, a source file of a JVM language, or an archive of them. */
  static boolean isCode(String name) {
    for (String suffix :
        new String[] {".class", ".java", ".kt", ".scala", ".groovy", ".clj", ".jar"}) {
      if (name.endsWith(suffix)) {
        return true;
      }
    }
    return false;
  }

  private static final class CodeSearch extends SimpleFileVisitor<Path> {
    private int entries;
    private boolean found;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      found = isCode(file.getFileName().toString());
      return found || ++entries > MAX_ENTRIES
          ? FileVisitResult.TERMINATE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      return FileVisitResult.CONTINUE;
    }
  }
}
