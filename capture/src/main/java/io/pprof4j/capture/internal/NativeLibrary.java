// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.EngineUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Loads the sampler's library into this JVM. */
final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Extracts the library of this platform and loads it, trying one folder after the other.
   *
   * @return the file that was loaded
   * @throws EngineUnavailableException naming what stood in the way in each folder
   */
  static Path load() throws EngineUnavailableException {
    LibraryFile library = LibraryFile.of(Platform.current());
    List<String> obstacles = new ArrayList<>();
    for (Path folder : LibraryFolders.candidates()) {
      try {
        Path file = LibraryFolders.install(library, folder).toAbsolutePath();
        return load(file);
      } catch (IllegalCallerException e) {
        throw new EngineUnavailableException(
            "the native sampler cannot be loaded: this JVM lets no library be, unless it is started"
                + " with --enable-native-access=ALL-UNNAMED",
            e);
      } catch (IOException | RuntimeException e) {
        obstacles.add(folder + ": " + reason(e));
      } catch (UnsatisfiedLinkError e) {
        obstacles.add(folder + ": " + linkReason(String.valueOf(e.getMessage())));
      }
    }
    throw new EngineUnavailableException(
        "the native sampler cannot be loaded ("
            + String.join("; ", obstacles)
            + "). Name a folder that is writable and executable with -D"
            + LibraryFolders.PROPERTY
            + "=<folder>");
  }

  /**
   * A JVM loads a file for one class loader only. A second copy of us, say in another web
   * application, therefore gets a copy of the file, which may go as soon as it is loaded.
   */
  private static Path load(Path file) throws IOException {
    try {
      System.load(file.toString());
      return file;
    } catch (UnsatisfiedLinkError e) {
      if (!String.valueOf(e.getMessage()).contains("already loaded in another classloader")) {
        throw e;
      }
    }
    Path copy = Files.createTempFile(file.getParent(), "copy", file.getFileName().toString());
    try {
      Files.write(copy, Files.readAllBytes(file));
      System.load(copy.toString());
      return copy;
    } finally {
      Files.delete(copy);
    }
  }

  private static String reason(Exception e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }

  /** What the dynamic linker says of a file system mounted noexec, in words of the operator. */
  private static String linkReason(String message) {
    boolean isNoexec =
        message.contains("failed to map segment") || message.contains("Operation not permitted");
    return isNoexec ? "mounted noexec (" + message + ")" : message;
  }
}
