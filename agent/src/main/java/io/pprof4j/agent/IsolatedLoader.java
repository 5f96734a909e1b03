// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the jar inside the agent's jar. The application does not see these classes, and they do not
 * see the application's, so that neither can have the wrong version of the other's.
 *
 * <p>The parent is the platform's loader, for the JDK's modules. The bytes (some hundred kilobytes)
 * are held in memory, which needs no file of its own.
 */
final class IsolatedLoader extends ClassLoader {
  private static final String RUNTIME = "/META-INF/pprof4j/runtime.jar";
  private static final String OWN_PACKAGE = "io.pprof4j.agent.";

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> entries;

  private IsolatedLoader(Map<String, byte[]> entries) {
    super("pprof4j", ClassLoader.getPlatformClassLoader());
    this.entries = entries;
  }

  /**
   * Reads the inner jar.
   *
   * @throws IOException if the agent's jar does not hold it
   */
  static IsolatedLoader create() throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    try (InputStream inner = IsolatedLoader.class.getResourceAsStream(RUNTIME)) {
      if (inner == null) {
        throw new IOException("the agent's jar lacks " + RUNTIME);
      }
      JarInputStream jar = new JarInputStream(inner);
      for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
        if (!entry.isDirectory()) {
          entries.put(entry.getName(), jar.readAllBytes());
        }
      }
    }
    return new IsolatedLoader(entries);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    byte[] bytes = entries.get(file);
    if (bytes == null && name.startsWith(OWN_PACKAGE)) {
      bytes = own(file);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, IsolatedLoader.class.getProtectionDomain());
  }

  /** The class of the agent that uses the inner jar is in the outer one. */
  private static byte @Nullable [] own(String file) throws ClassNotFoundException {
    try (InputStream in = IsolatedLoader.class.getResourceAsStream("/" + file)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(file, e);
    }
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = entries.get(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }
}
