// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import io.pprof4j.symbol.ArtifactStores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JDK that this program runs on: its classes, and its sources where they are installed. */
public final class JdkRoot implements CodeRoot {
  private final Path home;
  private final ArtifactStores stores;

  /** The JDK at {@code home}. */
  public JdkRoot(Path home, ArtifactStores stores) {
    this.home = home;
    this.stores = stores;
  }

  @Override
  public String name() {
    return "JDK " + System.getProperty("java.version");
  }

  @Override
  public byte @Nullable [] read(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    if (slash < 0) {
      return null;
    }
    try {
      FileSystem runtime = FileSystems.getFileSystem(URI.create("jrt:/"));
      String packageName = path.substring(0, slash).replace('/', '.');
      Path links = runtime.getPath("/packages", packageName);
      if (!Files.isDirectory(links)) {
        return null;
      }
      try (Stream<Path> modules = Files.list(links)) {
        for (Path module : (Iterable<Path>) modules::iterator) {
          Path file = runtime.getPath("/modules", module.getFileName().toString(), path);
          if (Files.isRegularFile(file)) {
            return Files.readAllBytes(file);
          }
        }
      }
      return null;
    } catch (FileSystemNotFoundException noRuntimeImage) {
      return null;
    }
  }

  @Override
  public List<CodeRoot> sources() {
    for (String place : new String[] {"lib/src.zip", "src.zip"}) {
      Path archive = home.resolve(place);
      if (Files.isRegularFile(archive)) {
        try {
          return List.of(new ModuleSources(ZipRoot.open(archive, stores)));
        } catch (IOException damaged) {
          return List.of();
        }
      }
    }
    return List.of();
  }
}
