// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import io.pprof4j.symbol.ArtifactStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the archive of a jar's sources, where build tools put it. */
final class SourceArchives {
  private static final String JAR = ".jar";

  /** How many folders of a package may name a group: {@code org/springframework/boot}. */
  private static final int GROUP_DEPTH = 4;

  private final ArtifactStores stores;

  SourceArchives(ArtifactStores stores) {
    this.stores = stores;
  }

  /** Archives in the folder of a jar, or in the one beside it that Gradle's cache has for them. */
  List<Path> near(Path jar) {
    String name = jar.getFileName().toString();
    if (!name.endsWith(JAR)) {
      return List.of();
    }
    String stem = name.substring(0, name.length() - JAR.length());
    List<Path> found = new ArrayList<>();
    addIfThere(jar.resolveSibling(stem + "-sources.jar"), found);
    addIfThere(jar.resolveSibling(stem + "-src.jar"), found);
    Path hash = jar.toAbsolutePath().normalize().getParent();
    if (hash != null && hash.startsWith(stores.gradle().toAbsolutePath().normalize())) {
      found.addAll(ofGradle(hash.resolve("..").normalize(), stem + "-sources.jar"));
    }
    return found;
  }

  /** Archives of an artifact in the stores. */
  List<Path> of(Artifact artifact) {
    List<Path> found = new ArrayList<>();
    Path folder = stores.maven().resolve(artifact.group().replace('.', '/'));
    addIfThere(
        folder.resolve(artifact.name()).resolve(artifact.version()).resolve(artifact.sourcesName()),
        found);
    Path version =
        stores
            .gradle()
            .resolve(artifact.group())
            .resolve(artifact.name())
            .resolve(artifact.version());
    found.addAll(ofGradle(version, artifact.sourcesName()));
    return found;
  }

  /**
   * Archives for a jar without coordinates, such as those that Gradle builds: name and version are
   * those of the file, and a group is what its packages or Gradle's cache have.
   *
   * @param jarName {@code spring-web-6.2.7.jar}
   * @param entries names of all that is in the jar
   */
  List<Path> ofName(String jarName, Collection<String> entries) {
    Set<Path> found = new LinkedHashSet<>();
    if (!jarName.endsWith(JAR)) {
      return List.of();
    }
    String stem = jarName.substring(0, jarName.length() - JAR.length());
    Set<String> groups = groups(entries);
    // Both names and versions may have a hyphen before a digit: log4j-1.2-api-2.20.
    for (int hyphen = stem.indexOf('-'); hyphen > 0; hyphen = stem.indexOf('-', hyphen + 1)) {
      if (hyphen + 1 < stem.length() && Character.isDigit(stem.charAt(hyphen + 1))) {
        for (String group : groups) {
          found.addAll(
              of(new Artifact(group, stem.substring(0, hyphen), stem.substring(hyphen + 1))));
        }
      }
    }
    return List.copyOf(found);
  }

  private Set<String> groups(Collection<String> entries) {
    Set<String> groups = new LinkedHashSet<>();
    for (String entry : entries) {
      if (entry.endsWith(".class") && !entry.startsWith("META-INF/")) {
        int slash = entry.indexOf('/');
        for (int depth = 0; depth < GROUP_DEPTH && slash > 0; depth++) {
          groups.add(entry.substring(0, slash).replace('/', '.'));
          slash = entry.indexOf('/', slash + 1);
        }
      }
    }
    groups.addAll(names(stores.gradle()));
    return groups;
  }

  private static List<Path> ofGradle(Path version, String name) {
    List<Path> found = new ArrayList<>();
    for (String hash : names(version)) {
      addIfThere(version.resolve(hash).resolve(name), found);
    }
    return found;
  }

  /** What is in a folder; nothing if it is none. */
  private static List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static void addIfThere(Path archive, List<Path> found) {
    if (Files.isRegularFile(archive)) {
      found.add(archive);
    }
  }
}
