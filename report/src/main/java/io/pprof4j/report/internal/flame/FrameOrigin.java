// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.flame;

import io.pprof4j.report.FrameKind;
import io.pprof4j.report.SourcePaths;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges by its names whose code a frame is, and which package it belongs to.
 *
 * @param name function as the profile names it
 * @param systemName function as the binary names it: {@code com/acme/Shop.sell(I)V} for Java
 * @param file source file
 * @param binary binary, jar or code source; empty if unknown
 * @param inMainBinary whether that is the program itself
 */
record FrameOrigin(
    String name, String systemName, String file, String binary, boolean inMainBinary) {
  /*
   * A profile does not say what a frame is, so names have to. The order of the tests matters: a
   * suffix that a profiler appended is sure, a Java method is told by its source or by the
   * descriptor in its system name, and only what is left is searched for names of HotSpot. What
   * all frames of Java go through has no expressions: these took a third of the first flame graph.
   */

  private static final Set<String> JVM_SOURCES = Set.of("java", "kt", "scala", "groovy", "clj");

  private static final Set<String> JDK =
      words("java javax jdk sun com.sun org.jcp netscape.javascript");

  /** Packages of wide use, for profiles that do not say which jar a class came from. */
  private static final Set<String> KNOWN_LIBRARIES =
      words(
          "kotlin kotlinx scala groovy clojure jakarta reactor io.netty io.vertx io.grpc io.quarkus"
              + " io.micronaut io.undertow io.micrometer io.opentelemetry io.reactivex io.helidon"
              + " io.ktor io.pprof4j org.apache org.springframework org.eclipse org.hibernate"
              + " org.jboss org.slf4j org.jetbrains org.codehaus org.postgresql org.mariadb org.h2"
              + " org.junit org.mockito org.aspectj org.bouncycastle org.xerial org.wildfly"
              + " com.google com.fasterxml com.zaxxer com.mysql com.amazonaws com.lmax"
              + " com.esotericsoftware com.squareup com.github.benmanes com.datastax"
              + " com.oracle.database com.ibm.icu net.bytebuddy net.sf net.jpountz okhttp3 okio"
              + " retrofit2 akka ch.qos");

  /** What is asked of names that are not plainly those of Java; compiled when the first is. */
  private static final class Expressions {
    /** A Java method as collapsed stacks have it: {@code java/lang/Thread.run}. */
    static final Pattern SLASHED_METHOD = Pattern.compile("[\\w$]+(?:/[\\w$.+]+)+\\.[\\w$<>]+");

    static final Pattern COLLECTION =
        Pattern.compile(
            "^(?:G1|Par(?:allel)?(?:GC|Scavenge|Compact|MarkBitMap)|PS[A-Z]\\w+::|Z(?:Mark|Reloc|GC|Page"
                + "|Barrier|Heap|Worker)|XMark|Shenandoah|GCTaskThread|GenCollected|DefNew|MarkSweep"
                + "|SerialHeap|CMS|VM_GC|VM_G1|VM_Parallel|TenuredGen|GC_active)|oop_oop_iterate"
                + "|^runtime\\.(?:gc[A-Z]|bgsweep|bgscavenge|scanobject|markroot|greyobject|sweepone"
                + "|wbBufFlush|findObject|\\(\\*gcWork\\)|\\(\\*mspan\\)\\.sweep)");

    static final Pattern COMPILATION =
        Pattern.compile(
            "^(?:C1|C2|CompileBroker|Compile|Compilation|Phase\\w+|JVMCI|IRScope|GraphBuilder"
                + "|LinearScan|Parse|PhaseIterGVN|Matcher|OptoRuntime_gen)\\w*::");

    private Expressions() {}
  }

  /** Where Go keeps other people's modules. */
  private static final List<String> GO_MODULES = List.of("/pkg/mod/", "/vendor/");

  FrameKind kind() {
    String suffix = suffix();
    if (suffix.equals("k") || binary.startsWith("[kernel") || binary.equals("[vdso]")) {
      return FrameKind.KERNEL;
    }
    if (isJava()) {
      return javaKind();
    }
    if (name.isEmpty() || (name.startsWith("[") && !isGo())) {
      return name.isEmpty() && !file.isEmpty() ? nativeKind() : FrameKind.OTHER;
    }
    if (Expressions.COLLECTION.matcher(name).find()) {
      return FrameKind.COLLECTOR;
    }
    if (Expressions.COMPILATION.matcher(name).find()) {
      return FrameKind.COMPILER;
    }
    return isGo() ? goKind() : nativeKind();
  }

  /** Where the code lives: a package, a namespace, a library; empty if nothing tells. */
  String codePackage() {
    if (name.isEmpty()) {
      return file.contains("/") ? file.substring(0, file.lastIndexOf('/')) : "";
    }
    if (isJava()) {
      return javaPackage(javaName());
    }
    int scope = name.indexOf("::");
    if (scope > 0) {
      return name.substring(0, scope);
    }
    int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
    if (dot > 0) {
      return name.substring(0, dot);
    }
    return binary.isEmpty() || inMainBinary ? "" : SourcePaths.baseName(binary);
  }

  private static Set<String> words(String text) {
    return Set.of(text.split(" "));
  }

  /** Whether a name is of one of the packages, or of one in them. */
  private static boolean isIn(Set<String> packages, String method) {
    for (int dot = method.indexOf('.'); dot > 0; dot = method.indexOf('.', dot + 1)) {
      if (packages.contains(method.substring(0, dot))) {
        return true;
      }
    }
    return false;
  }

  private boolean isJava() {
    return hasJvmSource()
        || isMethodWithDescriptor()
        || "ji01".contains(suffix().isEmpty() ? "-" : suffix())
        || (Expressions.SLASHED_METHOD.matcher(name).matches() && !isGo());
  }

  private boolean hasJvmSource() {
    int dot = file.lastIndexOf('.');
    return dot >= 0 && JVM_SOURCES.contains(file.substring(dot + 1));
  }

  /** A dot after the class and a descriptor, as the JVM writes both. */
  private boolean isMethodWithDescriptor() {
    int open = systemName.indexOf('(');
    return open > 0
        && systemName.indexOf(')') > open
        && !systemName.contains("::")
        && systemName.lastIndexOf('.', open) > 0
        && systemName.startsWith(name.replace('.', '/').substring(0, name.indexOf('.') + 1));
  }

  private boolean isGo() {
    return file.endsWith(".go") || file.endsWith(".s");
  }

  /** The letter that async-profiler and perf append to names in collapsed stacks: {@code _[k]}. */
  private String suffix() {
    int at = name.length() - "_[k]".length();
    if (at < 0 || !name.startsWith("_[", at) || !name.endsWith("]")) {
      return "";
    }
    char kind = name.charAt(at + 2);
    boolean known = (kind >= 'a' && kind <= 'z') || (kind >= '0' && kind <= '9');
    return known ? String.valueOf(kind) : "";
  }

  private String javaName() {
    String plain = suffix().isEmpty() ? name : name.substring(0, name.length() - "_[k]".length());
    return plain.replace('/', '.');
  }

  private FrameKind javaKind() {
    String method = javaName();
    if (isIn(JDK, method) || binary.startsWith("jrt:")) {
      return FrameKind.RUNTIME;
    }
    if (isIn(KNOWN_LIBRARIES, method) || binary.contains("BOOT-INF/lib/")) {
      return FrameKind.LIBRARY;
    }
    boolean otherJar = binary.endsWith(".jar") && !inMainBinary;
    return otherJar ? FrameKind.LIBRARY : FrameKind.APPLICATION;
  }

  private FrameKind goKind() {
    if (GO_MODULES.stream().anyMatch(file::contains)) {
      return FrameKind.LIBRARY;
    }
    String path = codePackage();
    boolean hasHost = path.indexOf('.') >= 0 && path.indexOf('/') >= 0;
    return path.equals("main") || hasHost ? FrameKind.APPLICATION : FrameKind.RUNTIME;
  }

  private FrameKind nativeKind() {
    if (name.startsWith("std::") || name.startsWith("__gnu_cxx::")) {
      return FrameKind.LIBRARY;
    }
    boolean shared = binary.contains(".so") || binary.endsWith(".dylib") || binary.endsWith(".dll");
    return shared || (binary.isEmpty() && name.contains("::"))
        ? FrameKind.NATIVE
        : FrameKind.APPLICATION;
  }

  /** The parts before the class: packages are lower case by convention, classes are not. */
  private static String javaPackage(String method) {
    int end = method.lastIndexOf('.');
    end = end < 0 ? -1 : method.lastIndexOf('.', end - 1);
    for (int at = 0; at < end; at++) {
      boolean starts = at == 0 || method.charAt(at - 1) == '.';
      if (starts && Character.isUpperCase(method.charAt(at))) {
        return at == 0 ? "" : method.substring(0, at - 1);
      }
    }
    return end < 0 ? "" : method.substring(0, end);
  }
}
