// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A method as a JVM describes it.
 *
 * @param className binary name of the declaring class: {@code com.acme.Shop$Cart}
 * @param name method name: {@code sell}, {@code <init>}
 * @param descriptor descriptor, {@code (I)V}; empty if unknown
 * @param sourceFile the class file's SourceFile attribute, {@code Shop.java}; empty if unknown
 * @param startLine first line of the method's line number table, 0 if unknown
 * @param codeSource jar or directory the class was loaded from; empty if unknown
 */
public record JvmMethod(
    String className,
    String name,
    String descriptor,
    String sourceFile,
    long startLine,
    String codeSource) {
  /** Rejects null parts. */
  public JvmMethod {
    requireNonNull(className, "className");
    requireNonNull(name, "name");
    requireNonNull(descriptor, "descriptor");
    requireNonNull(sourceFile, "sourceFile");
    requireNonNull(codeSource, "codeSource");
  }

  // What the compiler makes for records is put together when it is first used: 10 ms of a start.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JvmMethod method
        && name.equals(method.name)
        && className.equals(method.className)
        && descriptor.equals(method.descriptor)
        && sourceFile.equals(method.sourceFile)
        && startLine == method.startLine
        && codeSource.equals(method.codeSource);
  }

  @Override
  public int hashCode() {
    int hash = 31 * className.hashCode() + name.hashCode();
    return 31 * (31 * hash + descriptor.hashCode()) + Long.hashCode(startLine);
  }
}
