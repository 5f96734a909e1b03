// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.pprof4j.report.NodeInfo;
import io.pprof4j.report.SourcePaths;
import io.pprof4j.report.internal.text.JavaFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Short names for boxes: without packages, broken where the language breaks names. */
final class PictureNames {
  private static final Pattern CPP_ANONYMOUS = Pattern.compile("^\\(anonymous namespace\\)::");
  private static final Pattern GO_VERSION =
      Pattern.compile("^(.*?)/v(?:[2-9]|[1-9][0-9]+)([./].*)$");
  private static final Pattern GO = Pattern.compile("^(?:[\\w\\-\\.]+\\/)+([^.]+\\..+)");
  private static final Pattern JAVA =
      Pattern.compile(
          "^(?:[a-z]\\w*\\.)*([A-Z][\\w\\$]*\\.(?:<init>|[a-z][\\w\\$]*(?:\\$\\d+)?))(?:(?:\\()|$)");
  private static final Pattern CPP =
      Pattern.compile("^(?:[_a-zA-Z]\\w*::)+(_*[A-Z]\\w*::~?[_a-zA-Z]\\w*(?:<.*>)?)");
  private static final List<Pattern> LANGUAGES = List.of(GO, JAVA, CPP);

  private PictureNames() {}

  /**
   * The name without its package, module or namespace, as far as pprof recognises it, and of those
   * of JVMs that it does not: initializers, lambdas, hidden classes, what Kotlin and Scala
   * generate, and classes with a module before them, which it takes for Go's.
   */
  static String shorten(String name) {
    Optional<JavaFunction> java = JavaFunction.parse(name);
    if (java.isPresent() && !java.get().module().isEmpty()) {
      return java.get().shortName();
    }
    String shorter = shortenAsPprof(name);
    return shorter.equals(name) ? java.map(JavaFunction::shortName).orElse(name) : shorter;
  }

  /** The name without its package, module or namespace, as far as pprof recognises it. */
  static String shortenAsPprof(String name) {
    String shorter = CPP_ANONYMOUS.matcher(name).replaceFirst("");
    Matcher version = GO_VERSION.matcher(shorter);
    if (version.find()) {
      shorter = version.group(1) + version.group(2);
    }
    for (Pattern language : LANGUAGES) {
      Matcher matcher = language.matcher(shorter);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return shorter;
  }

  /** The lines that name a node in its box, with its function's name made short like that. */
  static List<String> lines(NodeInfo info, UnaryOperator<String> shortener) {
    String broken =
        shortener.apply(info.name()).replace("::", "\0").replace("[...]", "[…]").replace('.', '\0');
    String file = info.file().isEmpty() ? "" : SourcePaths.baseName(info.file());
    List<String> lines = new ArrayList<>();
    for (String component : info.with(broken, file).components()) {
      lines.addAll(Arrays.asList(component.split("\0", -1)));
    }
    return lines;
  }
}
