// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

import io.pprof4j.profile.JvmNames;
import java.util.Optional;

/**
 * A method of a JVM, by its name in a profile: {@code com.acme.Shop$Cart.<init>}, {@code
 * com.acme.Shop$$Lambda/0x00007f.run}, {@code java.base/java.lang.Thread.run}.
 *
 * <p>Go, C# and Python have dots in names too. A name is taken for one of a JVM only if there are
 * two packages or more above a class with a capital or a dollar sign, or one package and something
 * that only JVMs have.
 *
 * @param packageName with dots; never empty
 * @param className simple name, without what differs from run to run
 * @param method its own name, without arguments
 * @param module the name of its module, or empty
 */
public record JavaFunction(String packageName, String className, String method, String module) {
  /** What names of classes and packages of a JVM language do not have. */
  private static final String FOREIGN = "/:()*<>[]{} ,;-&~";

  /** What the JVM forbids in the name of a method (JVM Specification, section 4.2.2). */
  private static final String FORBIDDEN = ".;[/<>";

  /** Empty if the name is not certainly one of a JVM. */
  public static Optional<JavaFunction> parse(String function) {
    String module = module(function);
    String name = function.substring(module.isEmpty() ? 0 : function.indexOf('/') + 1);
    int arguments = name.indexOf('(');
    name = arguments < 0 ? name : name.substring(0, arguments);
    int dot = name.lastIndexOf('.');
    if (dot <= 0) {
      return Optional.empty();
    }
    String method = name.substring(dot + 1);
    String className = JvmNames.stableClass(name.substring(0, dot));
    int packages = packages(className);
    if (packages == 0 || !isMethod(method)) {
      return Optional.empty();
    }
    int end = className.lastIndexOf('.');
    String simple = className.substring(end + 1);
    boolean certain =
        packages > 1
            || !module.isEmpty()
            || method.startsWith("<")
            || (simple + method).indexOf('$') >= 0;
    return certain && isClass(simple)
        ? Optional.of(new JavaFunction(className.substring(0, end), simple, method, module))
        : Optional.empty();
  }

  /** Class and method: {@code Shop$Cart.<init>}. */
  public String shortName() {
    return className + "." + method;
  }

  /** The JDK's module before a slash, as stack traces print it; empty if there is none. */
  private static String module(String function) {
    int slash = function.indexOf('/');
    String module = slash < 0 ? "" : function.substring(0, slash);
    int version = module.indexOf('@');
    String plain = version < 0 ? module : module.substring(0, version);
    boolean isOfJdk = plain.startsWith("java.") || plain.startsWith("jdk.");
    return isOfJdk && plain.chars().allMatch(c -> c == '.' || Character.isLowerCase(c))
        ? plain
        : "";
  }

  /** How many packages there are above a class; 0 if what is there is something else. */
  private static int packages(String className) {
    int count = 0;
    boolean atStart = true;
    int end = className.lastIndexOf('.');
    for (int at = 0; at < className.length(); at++) {
      char c = className.charAt(at);
      if (FOREIGN.indexOf(c) >= 0 || (atStart && at < end && !isPackageStart(c))) {
        return 0;
      }
      atStart = c == '.';
      count += atStart ? 1 : 0;
    }
    return count;
  }

  private static boolean isPackageStart(char c) {
    return c == '_' || Character.isLowerCase(c);
  }

  private static boolean isClass(String simple) {
    return !simple.isEmpty()
        && (Character.isUpperCase(simple.charAt(0)) || simple.indexOf('$') >= 0);
  }

  private static boolean isMethod(String method) {
    return method.equals("<init>")
        || method.equals("<clinit>")
        || (!method.isEmpty() && method.chars().allMatch(c -> FORBIDDEN.indexOf(c) < 0));
  }
}
