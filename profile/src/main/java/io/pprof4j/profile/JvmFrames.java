// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.HashMap;
import java.util.Map;

/**
 * Turns methods of a JVM into the functions, mappings and locations of a {@link ProfileBuilder}, in
 * the one way that all our profiles share.
 *
 * <ul>
 *   <li>name: {@code com.acme.Shop.sell}, made stable by {@link JvmNames};
 *   <li>system name: {@code com/acme/Shop.sell(I)V}, never equal to the name, so that demanglers
 *       leave the name alone;
 *   <li>file: package path and source file, {@code com/acme/Shop.java};
 *   <li>mapping: one per code source, everything resolved.
 * </ul>
 */
public final class JvmFrames {
  /** The mapping of classes whose code source is unknown. */
  private static final String UNKNOWN_SOURCE = "jvm";

  /** A class's stable name, with dots and with slashes. */
  private record NamedClass(String name, String path) {
    static NamedClass of(String className) {
      String stable = JvmNames.stableClass(className);
      return new NamedClass(stable, stable.replace('.', '/'));
    }
  }

  private final ProfileBuilder builder;
  private final Map<JvmMethod, Integer> functions = new HashMap<>();
  private final Map<String, NamedClass> classes = new HashMap<>();
  private final Map<String, Integer> mappings = new HashMap<>();
  private final String mainSource;

  /**
   * Adds frames to a builder.
   *
   * @param mainSource the application's main jar or directory: it becomes the first mapping, which
   *     reports show as the profile's file; empty for {@code jvm}
   */
  public JvmFrames(ProfileBuilder builder, String mainSource) {
    this.builder = builder;
    this.mainSource = mainSource.isEmpty() ? UNKNOWN_SOURCE : mainSource;
    mapping(this.mainSource);
  }

  /**
   * The location of a line of a method.
   *
   * @param line line in the source; 0 or negative if unknown
   */
  public int location(JvmMethod method, long line) {
    return location(function(method), method.codeSource(), line);
  }

  /**
   * The location of a line of a method whose function is known.
   *
   * @param function row given by {@link #function}
   * @param codeSource that of the method
   * @param line line in the source; 0 or negative if unknown
   */
  public int location(int function, String codeSource, long line) {
    return builder.location(mapping(codeSource), function, Math.max(line, 0));
  }

  /** The location of a frame that is not Java: native, kernel or the JVM's own work. */
  public int nativeLocation(String name, String library) {
    int function = builder.function(name, "", "", 0);
    return builder.location(mapping(library), function, 0);
  }

  /** The row of the function that a method is. */
  public int function(JvmMethod method) {
    return functions.computeIfAbsent(method, this::newFunction);
  }

  private int newFunction(JvmMethod method) {
    NamedClass named = classes.computeIfAbsent(method.className(), NamedClass::of);
    return builder.function(
        named.name + "." + method.name(),
        named.path + "." + method.name() + method.descriptor(),
        JvmNames.sourcePath(named.name, method.sourceFile()),
        method.startLine());
  }

  private int mapping(String codeSource) {
    return mappings.computeIfAbsent(codeSource, this::newMapping);
  }

  private int newMapping(String codeSource) {
    return builder.mapping(
        MappingSpec.resolvedFile(codeSource.isEmpty() ? mainSource : codeSource, ""));
  }
}
