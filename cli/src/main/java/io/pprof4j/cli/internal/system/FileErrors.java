// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.system;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Words errors of the file system as Go does: {@code open x: no such file or directory}. */
public final class FileErrors {
  private FileErrors() {}

  /** The reason alone: {@code no such file or directory}. */
  static String reason(Throwable error) {
    if (error instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (error instanceof FileAlreadyExistsException) {
      return "file exists";
    }
    if (error instanceof InvalidPathException) {
      return "invalid argument";
    }
    String text =
        error instanceof FileSystemException file && file.getReason() != null
            ? file.getReason()
            : String.valueOf(error.getMessage());
    // The system's own texts differ from Go's in the first letter only.
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** What was done to which file, and the reason. */
  public static String describe(String operation, String path, Throwable error) {
    return operation + " " + path + ": " + reason(error);
  }

  /** As {@link #describe(String, String, Throwable)}, with the path that the error itself names. */
  public static String describe(String operation, Throwable error) {
    return error instanceof FileSystemException file && file.getFile() != null
        ? describe(operation, file.getFile(), error)
        : String.valueOf(error.getMessage());
  }
}
