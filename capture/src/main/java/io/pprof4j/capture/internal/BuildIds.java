// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileEditor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Identifies the builds of the jars and modules that code comes from, for the mappings of profiles.
 * Two jars with the same content have the same id, wherever they lie and whenever they were built.
 */
public final class BuildIds {
  private static final int ID_BYTES = 20; // as many as a linker's

  /** An archive and a place in it: {@code jar:nested:/a/app.jar/!BOOT-INF/lib/b.jar!/}. */
  private static final Pattern NESTED =
      Pattern.compile("(?:jar:)?(?:nested:|file:)(?<outer>/[^!]*?)/?!(?<inner>.*)");

  private final Map<String, String> idOfFile = new ConcurrentHashMap<>();

  /** Knows no file yet. */
  public BuildIds() {}

  /** The profile with the ids of its mappings, as far as they are known. */
  public Profile name(Profile profile) {
    ProfileEditor editor = new ProfileEditor(profile);
    for (Mapping mapping : profile.mappings()) {
      String id = mapping.buildId().isEmpty() ? of(mapping.filename()) : "";
      if (!id.isEmpty()) {
        editor.mappingBuildId(mapping.row(), id);
      }
    }
    return editor.build();
  }

  /** The id of a code source; empty for folders and what else may change at any time. */
  String of(String codeSource) {
    return idOfFile.computeIfAbsent(codeSource, BuildIds::identify);
  }

  private static String identify(String codeSource) {
    try {
      if (codeSource.startsWith("jrt:")) {
        return hash(
            System.getProperty("java.vm.vendor")
                + System.getProperty("java.runtime.version")
                + System.getProperty("os.arch")
                + codeSource);
      }
      Matcher nested = NESTED.matcher(codeSource);
      if (nested.matches()) {
        String outer = identify(nested.group("outer"));
        return outer.isEmpty() ? "" : hash(outer + nested.group("inner"));
      }
      Path file = Path.of(codeSource);
      return file.isAbsolute() && Files.isRegularFile(file) ? ofArchive(file) : "";
    } catch (IOException | RuntimeException e) {
      return ""; // no archive, gone by now, or not ours to read
    }
  }

  /** From the archive's directory, which has a checksum of each entry, so nothing is unpacked. */
  private static String ofArchive(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (ZipFile archive = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = archive.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String line = "%s %x %d\n".formatted(entry.getName(), entry.getCrc(), entry.getSize());
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return id(digest);
  }

  private static String hash(String text) {
    MessageDigest digest = sha256();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return id(digest);
  }

  private static String id(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
