// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * Scripts and style sheets of the pages. Their address holds a hash of them all, so that browsers
 * may keep them for ever.
 */
final class StaticFiles {
  private static final String TYPES = "js=text/javascript; css=text/css; svg=image/svg+xml";

  /** All there is; a name that is not listed is not served. */
  private static final List<String> NAMES = names();

  /** Compressed when they are asked for first. */
  private final Map<String, WebResponse> files = new ConcurrentHashMap<>();

  private final String directory;

  StaticFiles() {
    // The hash tells versions apart; nobody gains by making two that agree. A cryptographic one
    // took a tenth of the time to the first page, in code that was not compiled yet.
    CRC32 hash = new CRC32();
    for (String name : NAMES) {
      byte[] content = read(name);
      hash.update(content);
      files.put(name, file(name, content));
    }
    directory = "static/" + HexFormat.of().toHexDigits(hash.getValue()) + "/";
  }

  private static WebResponse file(String name, byte[] content) {
    return WebResponse.ok(type(name), content)
        .with("Cache-Control", "public, max-age=31536000, immutable");
  }

  private static List<String> names() {
    return new String(read("files.txt"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static String type(String name) {
    String suffix = name.substring(name.lastIndexOf('.') + 1);
    for (String pair : TYPES.split("; ", -1)) {
      if (pair.startsWith(suffix + "=")) {
        String type = pair.substring(suffix.length() + 1);
        return type + "; charset=utf-8";
      }
    }
    throw new IllegalStateException("no type is known for " + name);
  }

  private static byte[] read(String name) {
    try (InputStream in = StaticFiles.class.getResourceAsStream("ui/" + name)) {
      if (in == null) {
        throw new IllegalStateException("ui/" + name + " is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a file, relative to a page. */
  String link(String name) {
    if (!files.containsKey(name)) {
      throw new IllegalArgumentException("no such file: " + name);
    }
    return directory + name;
  }

  /** The file of an address relative to the pages; empty if there is none. */
  Optional<WebResponse> find(String path) {
    if (!path.startsWith(directory)) {
      return Optional.empty();
    }
    String name = path.substring(directory.length());
    return Optional.ofNullable(files.computeIfPresent(name, (known, file) -> compressed(file)));
  }

  private static WebResponse compressed(WebResponse file) {
    try {
      return file.compressed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
