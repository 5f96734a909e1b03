// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where a library of ours may be written, so that nobody else can have written it: folders that
 * belong to this process's user and that only this user may enter (0700).
 */
final class LibraryFolders {
  /**
   * The system property that names the folder to use; then no other is tried. Of a folder that
   * others may enter too, one inside is used.
   */
  static final String PROPERTY = "pprof4j.native.dir";

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATELY =
      PosixFilePermissions.asFileAttribute(PRIVATE);

  private LibraryFolders() {}

  /** The folders to try, best first. */
  static List<Path> candidates() {
    // A user without a name in the password file (a container's random uid) is called "?".
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    String own = "pprof4j-" + user;
    String chosen = System.getProperty(PROPERTY, "");
    if (!chosen.isEmpty()) {
      Path folder = Path.of(chosen);
      return List.of(isShared(folder) ? folder.resolve(own) : folder);
    }
    List<Path> folders = new ArrayList<>();
    folders.add(Path.of(System.getProperty("java.io.tmpdir", "/tmp"), own));
    folders.add(Path.of(System.getProperty("user.home", "/"), ".cache", "pprof4j"));
    folders.add(Path.of("/dev/shm", own));
    folders.add(Path.of("/var/tmp", own));
    return folders;
  }

  /** To close such a folder, {@code /tmp} for one, would shut out those who use it. */
  private static boolean isShared(Path folder) {
    try {
      return Files.isDirectory(folder) && !Files.getPosixFilePermissions(folder).equals(PRIVATE);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // what is wrong with it shows when it is used
    }
  }

  /**
   * Puts a library into a folder, unless the same one is there already.
   *
   * @return the library's file
   * @throws IOException if the folder cannot be made or written, or is not private
   */
  static Path install(LibraryFile library, Path folder) throws IOException {
    Files.createDirectories(folder.toAbsolutePath().getParent());
    try {
      Files.createDirectory(folder, PRIVATELY);
    } catch (FileAlreadyExistsException e) {
      requirePrivate(folder);
    }
    Path target = folder.resolve(library.fileName());
    if (!isInstalled(library, target)) {
      write(library, folder, target);
    }
    return target;
  }

  /** A name that others can guess may be theirs: a link, or a folder that they can write to. */
  private static void requirePrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is no folder");
    }
    UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
    Path probe = Files.createTempFile(folder, "probe", ".tmp", asPrivateFile());
    try {
      if (!Files.getOwner(probe).equals(owner)) {
        throw new IOException("it belongs to " + owner.getName());
      }
    } finally {
      Files.delete(probe);
    }
    if (!Files.getPosixFilePermissions(folder).equals(PRIVATE)) {
      Files.setPosixFilePermissions(folder, PRIVATE);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> asPrivateFile() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }

  private static boolean isInstalled(LibraryFile library, Path target) throws IOException {
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Arrays.equals(Files.readAllBytes(target), library.content());
  }

  /** Writes to one side and renames, so that a process beside us never sees half a library. */
  private static void write(LibraryFile library, Path folder, Path target) throws IOException {
    Path part = Files.createTempFile(folder, "part", ".tmp", PRIVATELY);
    try {
      Files.write(part, library.content());
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    if (!isInstalled(library, target)) {
      throw new IOException("what was written to " + target + " reads back differently");
    }
  }
}
