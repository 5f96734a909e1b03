// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFoldersTest {
  private final LibraryFile library = new LibraryFile("lib-1.so", new byte[] {1, 2, 3});

  @TempDir Path temp;

  @Test
  void makesAFolderThatOnlyItsUserMayEnter() throws IOException {
    Path folder = temp.resolve("a/b");

    Path file = LibraryFolders.install(library, folder);

    assertThat(file).isEqualTo(folder.resolve("lib-1.so")).hasBinaryContent(library.content());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void keepsTheCopyThatIsThere() throws IOException {
    Path file = LibraryFolders.install(library, temp.resolve("a"));
    FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(file, longAgo);

    LibraryFolders.install(library, temp.resolve("a"));

    assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
  }

  @Test
  void replacesACopyThatWasChanged() throws IOException {
    Path file = LibraryFolders.install(library, temp.resolve("a"));
    Files.write(file, new byte[] {9, 9, 9});

    LibraryFolders.install(library, temp.resolve("a"));

    assertThat(file).hasBinaryContent(library.content());
  }

  @Test
  void closesAFolderOfItsOwnThatWasOpen() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    LibraryFolders.install(library, folder);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void leavesAFolderOpenThatTheOperatorChoseAndOthersUse() throws IOException {
    Path shared = Files.createDirectory(temp.resolve("shared"));
    Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxrwxrwx");
    Files.setPosixFilePermissions(shared, open);
    Path closed = temp.resolve("closed");
    try {
      System.setProperty(LibraryFolders.PROPERTY, shared.toString());
      Path folder = LibraryFolders.candidates().get(0);
      LibraryFolders.install(library, folder);
      System.setProperty(LibraryFolders.PROPERTY, closed.toString());
      LibraryFolders.install(library, closed);

      assertThat(folder).hasParent(shared);
      assertThat(Files.getPosixFilePermissions(shared)).isEqualTo(open);
      assertThat(LibraryFolders.candidates()).containsExactly(closed);
    } finally {
      System.clearProperty(LibraryFolders.PROPERTY);
    }
  }

  @Test
  void refusesALinkThatSomebodyMayHaveSet() throws IOException {
    Path folder = Files.createSymbolicLink(temp.resolve("link"), temp);

    assertThatThrownBy(() -> LibraryFolders.install(library, folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no folder");
  }

  @Test
  void refusesWhereNoFolderCanBe() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertThatThrownBy(() -> LibraryFolders.install(library, file.resolve("below")))
        .isInstanceOf(IOException.class);
  }
}
