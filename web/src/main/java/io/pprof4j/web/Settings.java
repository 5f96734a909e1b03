// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Saved settings, in the file of google/pprof: {@code {"configs": [{"name": ...}]}}. A setting
 * whose value is zero, false or empty is left out, and one that is left out is read as that.
 */
final class Settings {
  private static final String CONFIGS = "configs";
  private static final String NAME = "name";

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();

  Settings(Path file) {
    this.file = file;
  }

  /**
   * Settings under a name.
   *
   * @param name chosen by the user
   * @param options all settings, of which only those that files keep count
   */
  record Config(String name, ReportOptions options) {}

  /**
   * Everything that is saved, oldest first; nothing if there is no file.
   *
   * @throws ReportException if the file does not hold settings
   */
  List<Config> all() throws ReportException {
    List<Config> configs = new ArrayList<>();
    for (Map<String, Object> entry : read()) {
      configs.add(new Config(name(entry), options(entry)));
    }
    return configs;
  }

  /**
   * Saves settings; what had the name is replaced.
   *
   * @throws ReportException if there is no name, or the file does not hold settings
   * @throws IOException if the file cannot be written
   */
  void save(String name, ReportOptions options) throws ReportException, IOException {
    if (name.isEmpty()) {
      throw new ReportException("invalid config name");
    }
    lock.lock();
    try {
      List<Map<String, Object>> entries = read();
      Map<String, Object> entry = entry(name, options);
      boolean replaced = false;
      for (int at = 0; at < entries.size(); at++) {
        if (name(entries.get(at)).equals(name)) {
          entries.set(at, entry);
          replaced = true;
        }
      }
      if (!replaced) {
        entries.add(entry);
      }
      write(entries);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes settings.
   *
   * @throws ReportException if nothing has that name, or the file does not hold settings
   * @throws IOException if the file cannot be written
   */
  void delete(String name) throws ReportException, IOException {
    lock.lock();
    try {
      List<Map<String, Object>> entries = read();
      if (!entries.removeIf(entry -> name(entry).equals(name))) {
        throw new ReportException("config " + name + " not found");
      }
      write(entries);
    } finally {
      lock.unlock();
    }
  }

  private static String name(Map<String, Object> entry) {
    return entry.get(NAME) instanceof String name ? name : "";
  }

  private static Map<String, Object> entry(String name, ReportOptions options) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put(NAME, name);
    for (ReportOption<?> option : ReportOption.all()) {
      Object value = options.get(option);
      if (option.isSaved() && !isZero(value)) {
        entry.put(option.name(), value);
      }
    }
    return entry;
  }

  private static boolean isZero(Object value) {
    return value.equals(0L) || value.equals(0.0) || value.equals(false) || value.equals("");
  }

  private static ReportOptions options(Map<String, Object> entry) throws ReportException {
    ReportOptions options = ReportOptions.defaults();
    for (ReportOption<?> option : ReportOption.all()) {
      if (option.isSaved()) {
        options = read(options, option, entry.get(option.name()));
      }
    }
    return options;
  }

  @SuppressWarnings("unchecked") // isBoolean() and the like tell the type of an option
  private static ReportOptions read(
      ReportOptions options,
      ReportOption<?> option,
      @org.jspecify.annotations.Nullable Object value)
      throws ReportException {
    if (option.isBoolean()) {
      return options.with((ReportOption<Boolean>) option, Boolean.TRUE.equals(value));
    }
    if (option.isInteger()) {
      long number = value instanceof Number given ? given.longValue() : 0;
      return options.with((ReportOption<Long>) option, number);
    }
    if (option.isReal()) {
      double number = value instanceof Number given ? given.doubleValue() : 0;
      return options.with((ReportOption<Double>) option, number);
    }
    String text = value instanceof String given ? given : "";
    // An empty choice is the default one: files of older versions do not name it.
    boolean unnamed = text.isEmpty() && !option.choices().isEmpty();
    return unnamed ? options : options.parse(option, text);
  }

  private List<Map<String, Object>> read() throws ReportException {
    try {
      return entries(JsonReader.read(Files.readString(file)));
    } catch (NoSuchFileException none) {
      return new ArrayList<>();
    } catch (IOException unreadable) {
      throw new ReportException("cannot read settings " + file + ": " + unreadable.getMessage());
    }
  }

  @SuppressWarnings("unchecked") // keys of JSON objects are strings
  private List<Map<String, Object>> entries(Object json) throws ReportException {
    List<Map<String, Object>> entries = new ArrayList<>();
    if (json instanceof Map<?, ?> root && root.get(CONFIGS) instanceof List<?> list) {
      for (Object entry : list) {
        if (!(entry instanceof Map)) {
          throw new ReportException("settings " + file + " hold a config that is no object");
        }
        entries.add((Map<String, Object>) entry);
      }
    }
    return entries;
  }

  private void write(List<Map<String, Object>> entries) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put(CONFIGS, entries);
    replace(JsonText.indented(root).getBytes(StandardCharsets.UTF_8));
  }

  /** The file is for its owner only, and is never there in part. */
  private void replace(byte[] content) throws IOException {
    Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file;
    Path directory = target.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " is no file");
    }
    Files.createDirectories(directory, mode(directory, "rwx------"));
    Path draft = Files.createTempFile(directory, "settings", ".tmp", mode(directory, "rw-------"));
    try {
      Files.write(draft, content);
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static FileAttribute<?>[] mode(Path where, String permissions) {
    return where.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
