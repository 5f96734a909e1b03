// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import io.pprof4j.symbol.ArtifactStores;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A jar, a {@code .jmod} file or another zip archive. Classes may be at its top, in the folders of
 * executable jars and web archives, or in jars within it.
 */
public final class ZipRoot implements CodeRoot {
  /** Where archives keep classes. The last one is that of {@code .jmod} files. */
  private static final String[] PREFIXES = {
    "", "BOOT-INF/classes/", "WEB-INF/classes/", "classes/"
  };

  /** Where multi-release jars keep what is for newer versions of Java. */
  private static final String VERSIONS = "META-INF/versions/";

  /** An entry larger than this is no source file and no class. */
  private static final int MAX_ENTRY_BYTES = 64 << 20;

  private final Path file;

  /** What people know it by; a jar in another one is read from a copy, whose name says nothing. */
  private final String name;

  private final boolean isNested;
  private final ArtifactStores stores;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new HashMap<>();
  private final List<Integer> versions;

  private ZipRoot(Path file, String name, ArtifactStores stores, ZipFile zip) {
    this.file = file;
    this.name = name;
    this.isNested = !name.equals(file.toString());
    this.stores = stores;
    this.zip = zip;
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      entries.put(entry.getName(), entry);
    }
    this.versions = versions();
  }

  /**
   * Opens an archive. It stays open until the process ends.
   *
   * @param stores where archives of sources may be
   */
  public static ZipRoot open(Path file, ArtifactStores stores) throws IOException {
    // A .jmod file has four bytes before the archive, which ZipFile passes over by itself: it looks
    // for the archive's end first and computes where it starts.
    return new ZipRoot(file, file.toString(), stores, new ZipFile(file.toFile()));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte @Nullable [] read(String path) throws IOException {
    for (int version : versions) {
      ZipEntry entry = entries.get(VERSIONS + version + "/" + path);
      if (entry != null) {
        return read(entry);
      }
    }
    return readUnversioned(path);
  }

  private byte @Nullable [] readUnversioned(String path) throws IOException {
    for (String prefix : PREFIXES) {
      ZipEntry entry = entries.get(prefix + path);
      if (entry != null) {
        return read(entry);
      }
    }
    return null;
  }

  /**
   * The versions of a multi-release jar that this Java would load classes of, the highest first
   * (JEP 238). Sources are in such folders too, and the manifest of an archive of sources seldom
   * says so; therefore it is not asked.
   */
  private List<Integer> versions() {
    SortedSet<Integer> found = new TreeSet<>(Comparator.reverseOrder());
    for (String name : entries.keySet()) {
      if (name.startsWith(VERSIONS)) {
        int end = name.indexOf('/', VERSIONS.length());
        String number = end < 0 ? "" : name.substring(VERSIONS.length(), end);
        if (number.matches("[1-9][0-9]{0,2}")
            && Integer.parseInt(number) <= Runtime.version().feature()) {
          found.add(Integer.parseInt(number));
        }
      }
    }
    return List.copyOf(found);
  }

  private byte[] read(ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(MAX_ENTRY_BYTES);
      if (bytes.length == MAX_ENTRY_BYTES) {
        throw new IOException(entry.getName() + " in " + name + " is too large");
      }
      return bytes;
    }
  }

  /** Names of the entries. */
  Iterable<String> entryNames() {
    return entries.keySet();
  }

  /** The archives that this one needs: those within it, and those its manifest names. */
  public List<CodeRoot> dependencies() {
    List<CodeRoot> roots = new ArrayList<>();
    for (String name : entries.keySet()) {
      if (name.toLowerCase(Locale.ROOT).endsWith(".jar")) {
        CodeRoot nested = openNested(name);
        if (nested != null) {
          roots.add(nested);
        }
      }
    }
    for (Path dependency : classPath()) {
      if (Files.isRegularFile(dependency)) {
        try {
          roots.add(open(dependency, stores));
        } catch (IOException damaged) {
          // The other jars may have what is sought.
        }
      } else if (Files.isDirectory(dependency)) {
        roots.add(new DirectoryRoot(dependency));
      }
    }
    return roots;
  }

  /** Unpacks a jar within this one, since a zip file can only be read from a file. */
  private @Nullable CodeRoot openNested(String entry) {
    try {
      Path copy = Files.createTempFile("pprof", ".jar");
      copy.toFile().deleteOnExit();
      try (InputStream in = zip.getInputStream(entries.get(entry));
          FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        in.transferTo(java.nio.channels.Channels.newOutputStream(out));
      }
      return new ZipRoot(copy, name + "!/" + entry, stores, new ZipFile(copy.toFile()));
    } catch (IOException damaged) {
      return null; // The other jars may have what is sought.
    }
  }

  private List<Path> classPath() {
    List<Path> paths = new ArrayList<>();
    try {
      byte[] manifest = readUnversioned("META-INF/MANIFEST.MF");
      Path directory = file.toAbsolutePath().getParent();
      if (manifest == null || directory == null) {
        return List.of();
      }
      Manifest parsed = new Manifest(new ByteArrayInputStream(manifest));
      String list = parsed.getMainAttributes().getValue("Class-Path");
      for (String entry : list == null ? new String[0] : list.split(" ", -1)) {
        if (!entry.isBlank() && !entry.contains(":")) {
          paths.add(directory.resolve(entry));
        }
      }
    } catch (IOException | IllegalArgumentException malformed) {
      return List.of();
    }
    return paths;
  }

  /** The archives of sources beside this one, or in the stores of build tools. */
  @Override
  public List<CodeRoot> sources() {
    List<CodeRoot> roots = new ArrayList<>();
    for (Path archive : sourceArchives()) {
      try {
        roots.add(open(archive, stores));
      } catch (IOException damaged) {
        // The other archives may do.
      }
    }
    return roots;
  }

  private List<Path> sourceArchives() {
    SourceArchives archives = new SourceArchives(stores);
    List<Path> found = new ArrayList<>();
    if (!isNested) {
      found.addAll(archives.near(file));
    }
    List<Artifact> artifacts = artifacts();
    for (Artifact artifact : artifacts) {
      found.addAll(archives.of(artifact));
    }
    if (artifacts.isEmpty() && found.isEmpty()) {
      found.addAll(archives.ofName(name.substring(lastSlash() + 1), entries.keySet()));
    }
    return found;
  }

  private int lastSlash() {
    return Math.max(name.lastIndexOf('/'), name.lastIndexOf(File.separatorChar));
  }

  /** The artifacts that this archive says it holds. */
  private List<Artifact> artifacts() {
    List<Artifact> artifacts = new ArrayList<>();
    for (String path : entries.keySet()) {
      if (path.startsWith("META-INF/maven/") && path.endsWith("/pom.properties")) {
        try {
          Properties properties = new Properties();
          properties.load(new ByteArrayInputStream(read(entries.get(path))));
          Artifact.of(properties).ifPresent(artifacts::add);
        } catch (IOException | IllegalArgumentException malformed) {
          // Such a file says nothing.
        }
      }
    }
    return artifacts;
  }
}
