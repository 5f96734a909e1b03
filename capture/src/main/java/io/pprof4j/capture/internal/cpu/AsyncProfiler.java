// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.cpu;

import io.pprof4j.capture.EngineUnavailableException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * async-profiler, if its jar is there: on the class path, or named by {@value #PROPERTY} and then
 * in a class loader of its own.
 */
final class AsyncProfiler {
  /** The system property that names async-profiler's jar. */
  static final String PROPERTY = "pprof4j.asyncprofiler.jar";

  private static final String CLASS = "one.profiler.AsyncProfiler";

  private final Object profiler;
  private final Method execute;

  private AsyncProfiler(Object profiler, Method execute) {
    this.profiler = profiler;
    this.execute = execute;
  }

  /**
   * Loads async-profiler and its library.
   *
   * @throws EngineUnavailableException if it is not there or does not load
   */
  static AsyncProfiler load() throws EngineUnavailableException {
    try {
      Class<?> type = Class.forName(CLASS, true, loader());
      Object profiler = type.getMethod("getInstance").invoke(null);
      return new AsyncProfiler(profiler, type.getMethod("execute", String.class));
    } catch (ClassNotFoundException e) {
      throw new EngineUnavailableException(
          "its jar is neither on the class path nor named by -D" + PROPERTY, e);
    } catch (InvocationTargetException e) {
      throw new EngineUnavailableException("it does not load: " + e.getCause(), e);
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      throw new EngineUnavailableException("it does not load: " + e, e);
    }
  }

  private static ClassLoader loader() throws EngineUnavailableException {
    String jar = System.getProperty(PROPERTY, "");
    if (jar.isEmpty()) {
      return ClassLoader.getSystemClassLoader();
    }
    try {
      Path path = Path.of(jar);
      if (!Files.isReadable(path)) {
        throw new EngineUnavailableException(PROPERTY + " names no readable file: " + jar);
      }
      URL[] urls = {path.toUri().toURL()};
      // Stays open: the profiler lives as long as the JVM.
      return new URLClassLoader("async-profiler", urls, ClassLoader.getPlatformClassLoader());
    } catch (InvalidPathException | MalformedURLException e) {
      throw new EngineUnavailableException(PROPERTY + " is no path: " + jar, e);
    }
  }

  /**
   * Executes a command of async-profiler.
   *
   * @throws EngineUnavailableException with its message if it refuses
   */
  String execute(String command) throws IOException {
    try {
      return String.valueOf(execute.invoke(profiler, command));
    } catch (InvocationTargetException e) {
      throw new EngineUnavailableException("async-profiler: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new EngineUnavailableException("this async-profiler has another interface: " + e, e);
    }
  }
}
