// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;

/** Where a class was loaded from, as text. */
final class CodeSources {
  private CodeSources() {}

  /**
   * The path of a class's jar or folder; the URL if it is no file; {@code jrt:/java.base} for the
   * JDK's modules; empty if unknown.
   */
  static String of(Class<?> type) {
    try {
      ProtectionDomain domain = type.getProtectionDomain();
      CodeSource source = domain == null ? null : domain.getCodeSource();
      URL location = source == null ? null : source.getLocation();
      return location == null ? module(type) : text(location);
    } catch (RuntimeException e) {
      return ""; // a security manager forbids it, or a loader's URL handler fails
    }
  }

  private static String module(Class<?> type) {
    String name = type.getModule().getName();
    boolean isBoot = type.getClassLoader() == null;
    return name == null || !isBoot ? "" : "jrt:/" + name;
  }

  private static String text(URL location) {
    if (!location.getProtocol().equals("file")) {
      return location.toString();
    }
    try {
      return Path.of(location.toURI()).toString();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return location.getPath(); // a URL with a blank, which no URI has
    }
  }

  /** The path that a URL of a file names: {@code file:/opt/a%20b.jar} is {@code /opt/a b.jar}. */
  static String path(String fileUrl) {
    try {
      return Path.of(URI.create(fileUrl)).toString();
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return fileUrl.substring("file:".length()); // a URL with a blank, which no URI has
    }
  }
}
