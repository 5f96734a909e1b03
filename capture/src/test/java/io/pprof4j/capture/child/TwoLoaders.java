// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Loads the sampler by two class loaders: one samples, the other waits until it may. */
public final class TwoLoaders {
  private TwoLoaders() {}

  /** The sampler of one class loader, by reflection: the loaders' classes are not ours. */
  private record Sampler(Class<?> type, Object sampler) {
    static Sampler of(ClassLoader loader) throws ReflectiveOperationException {
      Class<?> type = loader.loadClass("io.pprof4j.capture.HeapSampler");
      return new Sampler(type, type.getMethod("get").invoke(null));
    }

    String start() throws ReflectiveOperationException {
      Class<?> options = type.getClassLoader().loadClass("io.pprof4j.capture.HeapOptions");
      Object defaults = options.getMethod("defaults").invoke(null);
      return type.getMethod("start", options).invoke(sampler, defaults).toString();
    }

    String call(String method) throws ReflectiveOperationException {
      return String.valueOf(type.getMethod(method).invoke(sampler));
    }
  }

  /**
   * A record to compare, for what the JDK does when one is compared first: up to 17 a static field
   * of it keeps the type of the last such record, and with it one class loader, ours for a while.
   */
  public record Link(@Nullable Link next) {
    /** Uses what a record gets. */
    public static boolean comparesEqual() {
      Link one = new Link(new Link(null));
      Link other = new Link(new Link(null));
      return one.equals(other) && one.hashCode() == other.hashCode();
    }
  }

  /** Runs the comparison. */
  public static void main(String[] args) throws Exception {
    Verdict verdict = new Verdict();
    compare(verdict);
    unload(verdict);
    verdict.exit();
  }

  /** A library goes with its class loader, while the JVM goes on and the next one samples. */
  private static void unload(Verdict verdict) throws Exception {
    for (int round = 0; round < 8; round++) {
      WeakReference<ClassLoader> loader = runOnce(verdict);
      compareAnotherRecord();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (loader.get() != null && System.nanoTime() < deadline) {
        System.gc();
      }
      verdict.holds("the loader is gone", loader.get() == null);
    }
  }

  private static void compareAnotherRecord() throws Exception {
    try (URLClassLoader loader = loader()) {
      loader.loadClass(Link.class.getName()).getMethod("comparesEqual").invoke(null);
    }
  }

  private static WeakReference<ClassLoader> runOnce(Verdict verdict) throws Exception {
    try (URLClassLoader loader = loader()) {
      Sampler sampler = Sampler.of(loader);
      verdict.holds("a later loader samples", sampler.start().equals("RUNNING"));
      Sites.run(new Sites.Site("bytes100000", Sites::bytes100000, 2_000, 1), 0);
      sampler.call("snapshot");
      sampler.call("stop");
      return new WeakReference<>(loader);
    }
  }

  private static void compare(Verdict verdict) throws Exception {
    try (URLClassLoader one = loader();
        URLClassLoader other = loader()) {
      Sampler first = Sampler.of(one);
      Sampler second = Sampler.of(other);
      verdict.holds("the first samples", first.start().equals("RUNNING"));
      verdict.holds("the second waits", second.start().equals("WAITING"));
      first.call("stop");
      while (!second.call("state").equals("RUNNING")) {
        Thread.onSpinWait();
      }
      verdict.holds("the second takes over", second.call("state").equals("RUNNING"));
      verdict.holds("now the first waits", first.start().equals("WAITING"));
      first.call("stop");
      second.call("stop");
    }
  }

  /** A loader of all our classes that does not ask its parent for them. */
  private static URLClassLoader loader() throws MalformedURLException {
    String[] path = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    URL[] urls = new URL[path.length];
    for (int i = 0; i < path.length; i++) {
      urls[i] = Path.of(path[i]).toUri().toURL();
    }
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }
}
