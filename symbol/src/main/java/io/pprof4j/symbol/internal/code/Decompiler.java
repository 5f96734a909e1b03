// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jetbrains.java.decompiler.main.Fernflower;
import org.jetbrains.java.decompiler.main.decompiler.CancelationManager;
import org.jetbrains.java.decompiler.main.extern.IContextSource;
import org.jetbrains.java.decompiler.main.extern.IFernflowerLogger;
import org.jetbrains.java.decompiler.main.extern.IFernflowerPreferences;
import org.jetbrains.java.decompiler.main.extern.IResultSaver;
import org.jspecify.annotations.Nullable;

/**
 * Turns one class and those nested in it back into source, by Vineflower. It is the only class that
 * touches Vineflower, which is loaded when the first class is decompiled.
 */
public final class Decompiler {
  private static final Map<String, Object> OPTIONS =
      Map.of(
          IFernflowerPreferences.BYTECODE_SOURCE_MAPPING, "1",
          IFernflowerPreferences.THREADS, "1",
          IFernflowerPreferences.INDENT_STRING, "  ",
          IFernflowerPreferences.DECOMPILER_COMMENTS, "0",
          IFernflowerPreferences.REMOVE_SYNTHETIC, "1");

  private Decompiler() {}

  /** Gives class files by internal name. */
  @FunctionalInterface
  public interface Classes {
    /** Null if there is none. */
    byte @Nullable [] find(String internalName);
  }

  /**
   * Decompiles. It stops, with an exception of the library, when its thread is interrupted.
   *
   * @param classes the class and those nested in it, by internal name
   * @param others the classes they refer to
   * @return the source laid out at the original line numbers; empty if nothing came out
   */
  public static List<String> decompile(Map<String, byte[]> classes, Classes others) {
    CancelationManager.setCancelationChecker(
        () -> {
          if (Thread.currentThread().isInterrupted()) {
            CancelationManager.cancel();
          }
        });
    Collected collected = new Collected();
    Fernflower engine = new Fernflower(collected, OPTIONS, IFernflowerLogger.NO_OP);
    try {
      engine.addSource(new Given(classes, collected));
      engine.addLibrary(new OnDemand(others));
      engine.decompileContext();
    } finally {
      engine.clearContext();
    }
    return DecompiledLines.atOriginalNumbers(
        collected.source, collected.numbers, FieldLines.of(classes.values()));
  }

  /** The classes to decompile. */
  private static final class Given implements IContextSource {
    private final Map<String, byte[]> classes;
    private final Collected collected;

    private Given(Map<String, byte[]> classes, Collected collected) {
      this.classes = classes;
      this.collected = collected;
    }

    @Override
    public String getName() {
      return "profiled code";
    }

    @Override
    public Entries getEntries() {
      return new Entries(
          classes.keySet().stream().map(Entry::atBase).toList(), List.of(), List.of());
    }

    @Override
    public @Nullable InputStream getInputStream(String resource) {
      byte[] bytes =
          resource.endsWith(CLASS_SUFFIX)
              ? classes.get(resource.substring(0, resource.length() - CLASS_SUFFIX.length()))
              : null;
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public IOutputSink createOutputSink(IResultSaver saver) {
      return collected;
    }
  }

  /** The classes that are referred to, each read when it is needed. */
  private static final class OnDemand implements IContextSource {
    private final Classes classes;

    private OnDemand(Classes classes) {
      this.classes = classes;
    }

    @Override
    public String getName() {
      return "its libraries";
    }

    @Override
    public Entries getEntries() {
      return Entries.EMPTY;
    }

    @Override
    public boolean isLazy() {
      return true;
    }

    @Override
    public boolean hasClass(String className) {
      return classes.find(className) != null;
    }

    @Override
    public byte @Nullable [] getClassBytes(String className) {
      return classes.find(className);
    }

    @Override
    public @Nullable InputStream getInputStream(String resource) throws IOException {
      byte[] bytes =
          resource.endsWith(CLASS_SUFFIX)
              ? classes.find(resource.substring(0, resource.length() - CLASS_SUFFIX.length()))
              : null;
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    }
  }

  /** Takes the outcome: one class, since nested ones are within theirs. */
  private static final class Collected implements IResultSaver, IContextSource.IOutputSink {
    private String source = "";
    private int[] numbers = {};

    @Override
    public void acceptClass(String name, String file, String content, int @Nullable [] mapping) {
      source = content == null ? "" : content;
      numbers = mapping == null ? new int[0] : mapping;
    }

    @Override
    public void begin() {}

    @Override
    public void acceptDirectory(String directory) {}

    @Override
    public void acceptOther(String path) {}

    @Override
    public void saveFolder(String path) {}

    @Override
    public void copyFile(String source, String path, String entryName) {}

    @Override
    public void saveClassFile(
        String path, String name, String entryName, String content, int @Nullable [] mapping) {
      acceptClass(name, entryName, content, mapping);
    }

    @Override
    public void createArchive(
        String path, String archiveName, java.util.jar.@Nullable Manifest manifest) {}

    @Override
    public void saveDirEntry(String path, String archiveName, String entryName) {}

    @Override
    public void copyEntry(String source, String path, String archiveName, String entry) {}

    @Override
    public void saveClassEntry(
        String path, String archiveName, String name, String entryName, String content) {}

    @Override
    public void closeArchive(String path, String archiveName) {}

    @Override
    public void close() {}
  }
}
