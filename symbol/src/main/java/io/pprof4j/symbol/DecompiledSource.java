// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import io.pprof4j.report.SourceFinder.SourceText;
import io.pprof4j.symbol.internal.code.ClassFile;
import io.pprof4j.symbol.internal.code.Decompiler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Source of classes of which only class files are found. Each class is decompiled once, with those
 * nested in it. A class that takes too long has no source.
 */
final class DecompiledSource {
  /** Classes of some thousand lines take a second or two; the rest is for slow machines. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** More classes than any source file has. */
  private static final int MAX_NESTED = 2_000;

  private final CodePath code;
  private final Map<String, Optional<SourceText>> byClass = new ConcurrentHashMap<>();

  DecompiledSource(CodePath code) {
    this.code = code;
  }

  /**
   * The source of a class, which tells that it is decompiled.
   *
   * @param className binary name; the source is that of its outermost class
   * @return null if there is no class file, or nothing can be made of it
   */
  @Nullable SourceText find(String className) {
    String outermost = outermost(className);
    String internalName = classFile(outermost) == null ? className : outermost;
    return byClass
        .computeIfAbsent(internalName.replace('.', '/'), name -> Optional.ofNullable(make(name)))
        .orElse(null);
  }

  private static String outermost(String className) {
    int nested = className.indexOf('$', className.lastIndexOf('.') + 2);
    return nested < 0 ? className : className.substring(0, nested);
  }

  private CodePath.@Nullable Found classFile(String className) {
    return code.findClass(className.replace('.', '/') + ".class");
  }

  private @Nullable SourceText make(String internalName) {
    CodePath.Found found = classFile(internalName);
    if (found == null) {
      return null;
    }
    List<String> lines = decompile(withNested(internalName));
    String origin = found.root().name();
    return lines.isEmpty()
        ? null
        : new SourceText(lines, "decompiled from " + origin + "; the original source is not there");
  }

  private Map<String, byte[]> withNested(String internalName) {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    Deque<String> wanted = new ArrayDeque<>(List.of(internalName));
    while (!wanted.isEmpty() && classes.size() < MAX_NESTED) {
      String name = wanted.remove();
      CodePath.Found found = classes.containsKey(name) ? null : classFile(name);
      if (found != null) {
        classes.put(name, found.bytes());
        try {
          wanted.addAll(ClassFile.parse(found.bytes()).nested());
        } catch (IOException damaged) {
          // Then what is nested in it is missing from the source.
        }
      }
    }
    return classes;
  }

  /** Decompiles on a thread of its own, which can be given up. */
  private List<String> decompile(Map<String, byte[]> classes) {
    AtomicReference<List<String>> result = new AtomicReference<>(List.of());
    Thread thread =
        new Thread(
            () -> {
              try {
                result.set(
                    Decompiler.decompile(
                        classes,
                        name -> {
                          CodePath.Found found = classFile(name);
                          return found == null ? null : found.bytes();
                        }));
              } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
                // The class has no source then: it is damaged or obfuscated, or Vineflower is not
                // on the class path.
              }
            },
            "pprof4j-decompiler");
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    return result.get();
  }
}
