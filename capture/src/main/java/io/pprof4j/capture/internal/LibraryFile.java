// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.EngineUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The sampler's library as it lies in our jar, checked against its checksum. */
final class LibraryFile {
  private static final String RESOURCES = "/io/pprof4j/capture/native/";

  private final String fileName;
  private final byte[] content;

  LibraryFile(String fileName, byte[] content) {
    this.fileName = fileName;
    this.content = content;
  }

  /** Its name on disk, with a part of the checksum, so that two releases do not meet. */
  String fileName() {
    return fileName;
  }

  /** The library's bytes; not to be changed. */
  byte[] content() {
    return content;
  }

  /** Reads the library of a platform. */
  static LibraryFile of(Platform platform) throws EngineUnavailableException {
    String name = platform.folder() + "/" + platform.fileName();
    byte[] content = resource(name);
    String sha256 = sha256(content);
    String line = sha256 + "  " + name;
    boolean isListed =
        new String(resource("SHA256SUMS"), StandardCharsets.US_ASCII)
            .lines()
            .anyMatch(line::equals);
    if (!isListed) {
      throw new EngineUnavailableException(
          "the resource %s%s has the checksum %s, which is not in SHA256SUMS: the jar is damaged"
              .formatted(RESOURCES, name, sha256));
    }
    int dot = platform.fileName().lastIndexOf('.');
    String fileName =
        platform.fileName().substring(0, dot)
            + "-"
            + sha256.substring(0, 16)
            + platform.fileName().substring(dot);
    return new LibraryFile(fileName, content);
  }

  private static byte[] resource(String name) throws EngineUnavailableException {
    try (InputStream in = LibraryFile.class.getResourceAsStream(RESOURCES + name)) {
      if (in == null) {
        throw new EngineUnavailableException("the resource " + RESOURCES + name + " is missing");
      }
      return in.readAllBytes();
    } catch (EngineUnavailableException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + RESOURCES + name, e);
    }
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
