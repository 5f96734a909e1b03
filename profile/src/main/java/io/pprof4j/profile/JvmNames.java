// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.regex.Pattern;

/**
 * Names of JVM classes without the parts that differ from run to run, so that two runs compare and
 * tables of methods stay bounded.
 */
public final class JvmNames {
  private static final String LAMBDA = "$$Lambda";

  /** Generated classes whose names end in a running number. */
  private static final String[] NUMBERED = {
    "GeneratedMethodAccessor",
    "GeneratedConstructorAccessor",
    "GeneratedSerializationConstructorAccessor",
    "$Proxy",
    "$$SpringCGLIB$$",
    "$$SpringCGLIB$$FastClass$$",
    "$$OwbNormalScopeProxy",
    "_$$_javassist_",
  };

  /** Generated classes whose names end in a random text. */
  private static final String[] RANDOM = {
    "$$EnhancerBySpringCGLIB$$",
    "$$FastClassBySpringCGLIB$$",
    "$$EnhancerByCGLIB$$",
    "$$FastClassByCGLIB$$",
    "$$KeyFactoryByCGLIB$$",
    "$ByteBuddy$",
    "$HibernateProxy$",
    "$MockitoMock$",
  };

  /** Classes that Clojure numbers as it compiles: {@code user$eval12$fn__34}. */
  private static final Pattern CLOJURE =
      Pattern.compile("\\$(eval|fn|reify|G)(?:__)?[0-9]+(?=\\$|$)");

  /**
   * What the JVM appends to the names of hidden classes: an address, after it sometimes a hash. JFR
   * has dots for the slashes.
   */
  private static final Pattern HIDDEN = Pattern.compile("[/+.]0x[0-9a-fA-F]*+(?:[/.][0-9]++)?$");

  /** Scripts that Groovy numbers, in no package. */
  private static final Pattern GROOVY_SCRIPT = Pattern.compile("^Script[0-9]+(?=\\$|$)");

  /** What Javassist appends: {@code Foo_$$_jvst5a3_0}. */
  private static final Pattern JAVASSIST = Pattern.compile("_\\$\\$_jvst[0-9a-f]+_[0-9a-f]+$");

  private JvmNames() {}

  /**
   * The stable part of a binary class name: {@code Foo$$Lambda$14/0x00007f..} and {@code
   * Foo$$Lambda/0x..} become {@code Foo$$Lambda}; a hidden class {@code Foo/0x..} or {@code
   * Foo+0x..} becomes {@code Foo}; {@code jdk.proxy2.$Proxy7} becomes {@code jdk.proxy.$Proxy}.
   */
  public static String stableClass(String className) {
    String name = withoutHiddenSuffix(className);
    int lambda = name.indexOf(LAMBDA);
    if (lambda >= 0) {
      return name.substring(0, lambda + LAMBDA.length());
    }
    for (String marker : RANDOM) {
      int at = name.indexOf(marker);
      if (at >= 0) {
        return name.substring(0, at + marker.length() - 1);
      }
    }
    for (String marker : NUMBERED) {
      int at = name.lastIndexOf(marker);
      if (at >= 0 && isNumber(name, at + marker.length())) {
        return withoutProxyNumber(name.substring(0, at + marker.length()));
      }
    }
    return withoutScriptNumbers(name);
  }

  private static String withoutScriptNumbers(String name) {
    if (name.indexOf('$') < 0 && !name.startsWith("Script")) {
      return name;
    }
    String stable = CLOJURE.matcher(name).replaceAll("\\$$1");
    stable = GROOVY_SCRIPT.matcher(stable).replaceFirst("Script");
    return JAVASSIST.matcher(stable).replaceFirst("_\\$\\$_jvst");
  }

  /** A hidden class's name ends in {@code /0x..} or {@code +0x..}, or {@code .0x..} in JFR. */
  private static String withoutHiddenSuffix(String name) {
    int slash = name.lastIndexOf('/');
    if (slash > 0 && isNumber(name, slash + 1)) {
      // JDK 8 numbered its anonymous classes in decimal.
      return name.substring(0, slash);
    }
    return name.indexOf("0x") < 0 ? name : HIDDEN.matcher(name).replaceFirst("");
  }

  private static boolean isNumber(String name, int from) {
    for (int at = from; at < name.length(); at++) {
      if (!Character.isDigit(name.charAt(at))) {
        return false;
      }
    }
    return from < name.length();
  }

  /** The package of a proxy is numbered too: {@code jdk.proxy2}. */
  private static String withoutProxyNumber(String name) {
    String prefix = "jdk.proxy";
    int dot = name.indexOf('.', prefix.length());
    return name.startsWith(prefix) && dot > 0 && isNumber(name.substring(0, dot), prefix.length())
        ? prefix + name.substring(dot)
        : name;
  }

  /**
   * The path of a class's source below a source root: its package and its source file.
   *
   * @param className binary name
   * @param sourceFile SourceFile attribute; if empty, the outermost class's name and {@code .java}
   */
  public static String sourcePath(String className, String sourceFile) {
    int dot = className.lastIndexOf('.');
    String directory = className.substring(0, dot + 1).replace('.', '/');
    if (!sourceFile.isEmpty()) {
      return directory + sourceFile;
    }
    String simple = className.substring(dot + 1);
    int nested = simple.indexOf('$', 1);
    return directory + (nested < 0 ? simple : simple.substring(0, nested)) + ".java";
  }
}
