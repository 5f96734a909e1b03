// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.ArrayList;
import java.util.List;

/** The methods of a recording, each once for all chunks. */
final class MethodTable {
  /** async-profiler's descriptor of frames that are not Java: no method of Java has it. */
  private static final String NO_DESCRIPTOR = "()L;";

  /**
   * A method.
   *
   * @param className binary name of its class; a library for frames that are not Java
   * @param descriptor empty if unknown
   * @param hidden whether stack traces leave it out
   */
  record Method(String className, String name, String descriptor, boolean hidden) {
    /** Whether it is a method of Java, by its descriptor. */
    boolean hasDescriptor() {
      return descriptor.startsWith("(") && !descriptor.equals(NO_DESCRIPTOR);
    }
  }

  private final TextNumbers texts = new TextNumbers();

  /** Numbers of class and name together. */
  private final LongIndex named = new LongIndex();

  private final LongIndex indexOf = new LongIndex();
  private final List<Method> methods = new ArrayList<>();

  /** The texts that methods are given by. */
  TextNumbers texts() {
    return texts;
  }

  /**
   * The index of a method.
   *
   * @param className number of the text that names its class, with slashes or dots
   * @param name number of a text
   * @param descriptor number of a text
   */
  int index(int className, int name, int descriptor, boolean hidden) {
    long classAndName = named.number((long) className << 32 | name);
    long key = classAndName << 32 | (long) descriptor << 1 | (hidden ? 1 : 0);
    int known = indexOf.get(key);
    if (known == LongIndex.NONE) {
      known = methods.size();
      methods.add(
          new Method(binaryName(className), texts.text(name), texts.text(descriptor), hidden));
      indexOf.put(key, known);
    }
    return known;
  }

  /** The method of an index. */
  Method method(int index) {
    return methods.get(index);
  }

  /** The binary name of a class whose name is a text. */
  String binaryName(int className) {
    return texts.text(className).replace('/', '.');
  }
}
