// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import io.pprof4j.profile.JvmNames;
import org.jspecify.annotations.Nullable;

/**
 * A method of a JVM as profiles name it.
 *
 * @param className binary name of its class: {@code com.acme.Shop$Cart}
 * @param method its own name
 * @param descriptor its types as the JVM writes them; empty if unknown
 */
public record MethodName(String className, String method, String descriptor) {
  /**
   * Reads the name of a function.
   *
   * @param function {@code com.acme.Shop.sell}, perhaps with a module before it or arguments after
   * @return null if the name is not one of Java
   */
  public static @Nullable MethodName parse(String function) {
    String name = function;
    int slash = name.indexOf('/');
    if (slash > 0 && slash < name.indexOf('.', slash) && !name.substring(0, slash).contains("$")) {
      name = name.substring(slash + 1);
    }
    int arguments = name.indexOf('(');
    name = arguments < 0 ? name : name.substring(0, arguments);
    int dot = name.lastIndexOf('.');
    if (dot <= 0 || name.indexOf(':') >= 0) {
      return null;
    }
    return new MethodName(
        JvmNames.stableClass(name.substring(0, dot)), name.substring(dot + 1), "");
  }

  /**
   * Reads the name of a function, from its system name if that is one of the JVM.
   *
   * @param systemName {@code com/acme/Shop.sell(I)V}, or anything else
   * @return null if neither name is one of Java
   */
  public static @Nullable MethodName parse(String function, String systemName) {
    int arguments = systemName.indexOf('(');
    int dot = arguments < 0 ? -1 : systemName.lastIndexOf('.', arguments);
    if (dot <= 0 || systemName.indexOf(')') < arguments || systemName.indexOf(':') >= 0) {
      return parse(function);
    }
    return new MethodName(
        JvmNames.stableClass(systemName.substring(0, dot).replace('/', '.')),
        systemName.substring(dot + 1, arguments),
        systemName.substring(arguments));
  }

  /** Where the class file is, below a root of classes. */
  public String classPath() {
    return className.replace('.', '/') + ".class";
  }
}
