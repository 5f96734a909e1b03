// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.io.ByteArrayInputStream;
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
  private final Path localRepository;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new HashMap<>();
  private final List<Integer> versions;

  private ZipRoot(Path file, Path localRepository, ZipFile zip) {
    this.file = file;
    this.localRepository = localRepository;
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
   * @param localRepository Maven's directory of downloaded artifacts
   */
  public static ZipRoot open(Path file, Path localRepository) throws IOException {
    // A .jmod file has four bytes before the archive, which ZipFile passes over by itself: it looks
    // for the archive's end first and computes where it starts.
    return new ZipRoot(file, localRepository, new ZipFile(file.toFile()));
  }

  @Override
  public String name() {
    return file.toString();
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
        throw new IOException(entry.getName() + " in " + file + " is too large");
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
          roots.add(open(dependency, localRepository));
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
  private @Nullable CodeRoot openNested(String name) {
    try {
      Path copy = Files.createTempFile("pprof", ".jar");
      copy.toFile().deleteOnExit();
      try (InputStream in = zip.getInputStream(entries.get(name));
          FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        in.transferTo(java.nio.channels.Channels.newOutputStream(out));
      }
      return open(copy, localRepository);
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

  /** The jar of sources beside this one, or in the local Maven repository by its coordinates. */
  @Override
  public List<CodeRoot> sources() {
    List<CodeRoot> roots = new ArrayList<>();
    List<Path> candidates = new ArrayList<>();
    String name = file.getFileName().toString();
    if (name.endsWith(".jar")) {
      String stem = name.substring(0, name.length() - ".jar".length());
      candidates.add(file.resolveSibling(stem + "-sources.jar"));
      candidates.add(file.resolveSibling(stem + "-src.jar"));
    }
    candidates.addAll(repositorySources());
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate)) {
        try {
          roots.add(open(candidate, localRepository));
        } catch (IOException damaged) {
          // The other candidates may do.
        }
      }
    }
    return roots;
  }

  private List<Path> repositorySources() {
    List<Path> candidates = new ArrayList<>();
    for (String name : entries.keySet()) {
      if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties")) {
        try {
          Properties properties = new Properties();
          properties.load(new ByteArrayInputStream(read(entries.get(name))));
          candidates.add(repositorySource(properties));
        } catch (IOException | IllegalArgumentException malformed) {
          // Such a file says nothing.
        }
      }
    }
    return candidates;
  }

  private Path repositorySource(Properties coordinates) {
    String group = coordinates.getProperty("groupId", "");
    String artifact = coordinates.getProperty("artifactId", "");
    String version = coordinates.getProperty("version", "");
    return localRepository.resolve(
        group.replace('.', '/')
            + "/"
            + artifact
            + "/"
            + version
            + "/"
            + artifact
            + "-"
            + version
            + "-sources.jar");
  }
}
