// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import io.pprof4j.symbol.internal.code.CodeRoot;
import io.pprof4j.symbol.internal.code.DirectoryRoot;
import io.pprof4j.symbol.internal.code.JdkRoot;
import io.pprof4j.symbol.internal.code.ModuleSources;
import io.pprof4j.symbol.internal.code.ZipRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All places where the code of a profiled JVM may be: what the user named, what that depends on,
 * and the JDK. Nothing is opened before the first question. Safe for use by several threads.
 */
public final class CodePath {
  /** A file that was found, and where. */
  static final class Found {
    private final byte[] bytes;
    private final CodeRoot root;

    Found(byte[] bytes, CodeRoot root) {
      this.bytes = bytes;
      this.root = root;
    }

    byte[] bytes() {
      return bytes;
    }

    CodeRoot root() {
      return root;
    }
  }

  private final List<Path> named;
  private final ArtifactStores stores;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable List<CodeRoot> roots;
  private @Nullable List<CodeRoot> sourceRoots;

  /**
   * Prepares a path.
   *
   * @param named jars, directories, {@code .jmod} files and source archives, as the user named them
   * @param stores where archives of sources may be, besides beside the jars
   */
  public CodePath(List<Path> named, ArtifactStores stores) {
    this.named = List.copyOf(named);
    this.stores = stores;
  }

  /** Where archives of sources may be. */
  ArtifactStores stores() {
    return stores;
  }

  /**
   * Finds a class file.
   *
   * @param path {@code com/acme/Shop.class}
   * @return null if there is none
   */
  @Nullable Found findClass(String path) {
    return find(roots(), path);
  }

  /** Finds a source file; null if there is none. */
  @Nullable Found findSource(String path) {
    Found found = find(roots(), path);
    return found != null ? found : find(sourceRoots(), path);
  }

  private static @Nullable Found find(List<CodeRoot> places, String path) {
    for (CodeRoot root : places) {
      try {
        byte[] bytes = root.read(path);
        if (bytes != null) {
          return new Found(bytes, root);
        }
      } catch (IOException damaged) {
        // The other places may have it.
      }
    }
    return null;
  }

  private List<CodeRoot> roots() {
    lock.lock();
    try {
      List<CodeRoot> opened = roots;
      if (opened == null) {
        opened = new ArrayList<>();
        for (Path path : named) {
          opened.addAll(open(path));
        }
        opened.add(new JdkRoot(Path.of(System.getProperty("java.home")), stores));
        roots = opened;
      }
      return opened;
    } finally {
      lock.unlock();
    }
  }

  private List<CodeRoot> sourceRoots() {
    lock.lock();
    try {
      List<CodeRoot> opened = sourceRoots;
      if (opened == null) {
        opened = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (CodeRoot root : roots()) {
          for (CodeRoot source : root.sources()) {
            if (names.add(source.name())) {
              opened.add(source);
            }
          }
        }
        sourceRoots = opened;
      }
      return opened;
    } finally {
      lock.unlock();
    }
  }

  private List<CodeRoot> open(Path path) {
    try {
      return switch (BinaryKind.of(path)) {
        case DIRECTORY -> openDirectory(path);
        case ARCHIVE, JMOD -> openArchive(path);
        case NATIVE, NONE -> List.of();
      };
    } catch (IOException damaged) {
      return List.of();
    }
  }

  private List<CodeRoot> openDirectory(Path directory) throws IOException {
    List<CodeRoot> opened = new ArrayList<>();
    opened.add(new DirectoryRoot(directory));
    List<Path> jars;
    try (Stream<Path> files = Files.list(directory)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    for (Path jar : jars) {
      try {
        opened.add(ZipRoot.open(jar, stores));
      } catch (IOException damaged) {
        // The directory and the other jars may have what is sought.
      }
    }
    return opened;
  }

  private List<CodeRoot> openArchive(Path file) throws IOException {
    ZipRoot archive = ZipRoot.open(file, stores);
    if (ModuleSources.isOne(archive)) {
      return List.of(new ModuleSources(archive));
    }
    List<CodeRoot> opened = new ArrayList<>();
    opened.add(archive);
    opened.addAll(archive.dependencies());
    return opened;
  }
}
