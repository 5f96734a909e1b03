// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.system;

import io.pprof4j.cli.CliEnvironment;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Files with numbered names, some of which are deleted when the command ends. Thread-safe. */
public final class TemporaryFiles implements AutoCloseable {
  private static final int MAX_NUMBER = 9999;

  private final CliEnvironment environment;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Path> doomed = new ArrayList<>();

  /** No files yet. */
  public TemporaryFiles(CliEnvironment environment) {
    this.environment = environment;
  }

  /**
   * Makes a new, empty file: {@code prefix001suffix} in a directory, or with the first number that
   * is free.
   *
   * @throws CliException if none can be made
   */
  public static Path create(Path directory, String shownDirectory, String prefix, String suffix)
      throws CliException {
    for (int number = 1; number <= MAX_NUMBER; number++) {
      String name = prefix + numbered(number) + suffix;
      try {
        return Files.createFile(directory.resolve(name));
      } catch (FileAlreadyExistsException taken) {
        // The next number may be free.
      } catch (IOException e) {
        throw new CliException(FileErrors.describe("open", shownDirectory + name, e));
      }
    }
    throw new CliException("could not create file of the form " + prefix + "001" + suffix);
  }

  private static String numbered(int number) {
    return number < 10 ? "00" + number : number < 100 ? "0" + number : Integer.toString(number);
  }

  /** Makes a file in the system's directory for such files, to be deleted at the end. */
  public Path createDoomed(String prefix, String suffix) throws CliException {
    String directory = directory();
    Path file = create(environment.resolve(directory), directory + "/", prefix, suffix);
    lock.lock();
    try {
      doomed.add(file);
    } finally {
      lock.unlock();
    }
    return file;
  }

  /** The system's directory for temporary files. */
  String directory() {
    String directory = environment.variable("TMPDIR");
    return directory.isEmpty() ? "/tmp" : directory;
  }

  /** Deletes what is to be deleted. */
  @Override
  public void close() {
    lock.lock();
    try {
      for (Path file : doomed) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
          // The system clears its directory of temporary files by itself.
        }
      }
      doomed.clear();
    } finally {
      lock.unlock();
    }
  }
}
