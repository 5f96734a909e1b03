// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.jfr.MethodDetails;
import io.pprof4j.profile.JvmMethod;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Details of methods that only have names, read from the class files that this JVM's class loaders
 * would load. No class is loaded for it.
 */
public final class LoadableClasses implements MethodDetails {
  /** Methods kept; beyond that, what is not known yet is read again and again. */
  private static final int MAX_METHODS = 100_000;

  /** Class files kept, the most recently used ones: stacks repeat classes. */
  private static final int MAX_CLASSES = 256;

  private record Found(Optional<ClassFile> file, String codeSource) {
    static final Found NOTHING = new Found(Optional.empty(), "");
  }

  private final Map<JvmMethod, JvmMethod> completed = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Found> classes =
      new LinkedHashMap<>(MAX_CLASSES, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
          return size() > MAX_CLASSES;
        }
      };
  private List<ClassLoader> loaders = List.of();

  /** Knows nothing yet. */
  public LoadableClasses() {}

  @Override
  public JvmMethod complete(JvmMethod method) {
    JvmMethod known = completed.get(method);
    if (known != null) {
      return known;
    }
    JvmMethod complete = read(method);
    if (completed.size() < MAX_METHODS) {
      completed.put(method, complete);
    }
    return complete;
  }

  private JvmMethod read(JvmMethod method) {
    lock.lock();
    try {
      Found found = classes.get(method.className());
      if (found == null) {
        found = find(method.className());
        classes.put(method.className(), found);
      }
      return merge(method, found);
    } finally {
      lock.unlock();
    }
  }

  private static JvmMethod merge(JvmMethod method, Found found) {
    if (found.file().isEmpty()) {
      return method;
    }
    ClassFile file = found.file().get();
    String descriptor =
        method.descriptor().isEmpty() ? file.descriptor(method.name()) : method.descriptor();
    return new JvmMethod(
        method.className(),
        method.name(),
        descriptor,
        method.sourceFile().isEmpty() ? file.sourceFile() : method.sourceFile(),
        file.startLine(method.name(), descriptor),
        method.codeSource().isEmpty() ? found.codeSource() : method.codeSource());
  }

  private Found find(String className) {
    if (className.indexOf('/') >= 0 || className.contains("$$")) {
      return Found.NOTHING; // made at run time
    }
    String path = className.replace('.', '/') + ".class";
    Found found = find(path, loaders);
    if (found.file().isEmpty() && refreshLoaders()) {
      found = find(path, loaders);
    }
    return found;
  }

  private static Found find(String path, List<ClassLoader> loaders) {
    for (ClassLoader loader : loaders) {
      try {
        URL url = loader.getResource(path);
        if (url != null) {
          return read(url, path);
        }
      } catch (IOException | RuntimeException | LinkageError e) {
        // A loader of the application may fail in any way; its classes go without details.
      }
    }
    return Found.NOTHING;
  }

  private static Found read(URL url, String path) throws IOException {
    try (InputStream in = new BufferedInputStream(url.openStream())) {
      return new Found(Optional.of(ClassFile.read(in)), codeSource(url.toString(), path));
    }
  }

  /** {@code jar:file:/a/b.jar!/com/acme/Shop.class} becomes {@code /a/b.jar}. */
  private static String codeSource(String url, String path) {
    String root = url.substring(0, url.length() - path.length());
    if (root.startsWith("jar:")) {
      root = root.substring(4, root.length() - "!/".length());
    }
    if (root.startsWith("file:")) {
      return CodeSources.path(root);
    }
    return root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
  }

  /** Looks for loaders again: containers make new ones. True if there are others than before. */
  private boolean refreshLoaders() {
    Set<ClassLoader> found = new LinkedHashSet<>();
    found.add(ClassLoader.getSystemClassLoader());
    for (Thread thread : ThreadLists.platformThreads()) {
      ClassLoader loader = thread.getContextClassLoader();
      if (loader != null) {
        found.add(loader);
      }
    }
    List<ClassLoader> now = new ArrayList<>(found);
    boolean isNew = !now.equals(loaders);
    loaders = now;
    return isNew;
  }
}
