// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins modules of JavaScript into one script, for pages that have to be a single file.
 *
 * <p>Each module becomes a function that returns what the module exports, called once, after those
 * it imports. Understood is what our own modules use: {@code import {a, b} from './x.js';} and
 * {@code export} before a function, class or constant.
 */
final class ScriptBundle {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import \\{([^}]*)\\} from '([^']+)';\\n");

  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export (?=(?:async )?(?:function|class|const) (\\w+))");

  /** What is left of either form after the two above are gone. */
  private static final Pattern NOT_UNDERSTOOD = Pattern.compile("(?m)^(?:import|export)\\b.*");

  private final UnaryOperator<String> source;
  private final Map<String, String> nameOfModule = new LinkedHashMap<>();
  private final StringBuilder script = new StringBuilder();
  private final List<String> open = new ArrayList<>();

  private ScriptBundle(UnaryOperator<String> source) {
    this.source = source;
  }

  /**
   * A module and all that it imports.
   *
   * @param entry path of the module
   * @param source gives the text of a path
   */
  static String of(String entry, UnaryOperator<String> source) {
    ScriptBundle bundle = new ScriptBundle(source);
    bundle.add(entry);
    return bundle.script.toString();
  }

  /** Adds a module after those it imports; answers the name of the constant that holds it. */
  private String add(String path) {
    String known = nameOfModule.get(path);
    if (known != null) {
      return known;
    }
    if (open.contains(path)) {
      throw new IllegalStateException("modules import each other in a circle: " + open);
    }
    open.add(path);
    String text = imports(path, source.apply(path));
    open.remove(path);
    String name = "module" + nameOfModule.size();
    nameOfModule.put(path, name);
    List<String> exported = new ArrayList<>();
    Matcher export = EXPORT.matcher(text);
    StringBuilder body = new StringBuilder();
    while (export.find()) {
      exported.add(export.group(1));
      export.appendReplacement(body, "");
    }
    export.appendTail(body);
    Matcher rest = NOT_UNDERSTOOD.matcher(body);
    if (rest.find()) {
      throw new IllegalStateException(path + ": cannot be joined: " + rest.group());
    }
    script.append("const ").append(name).append(" = (() => {\n").append(body);
    script.append("return {").append(String.join(", ", exported)).append("};\n})();\n");
    return name;
  }

  private String imports(String path, String text) {
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    Matcher matcher = IMPORT.matcher(text);
    StringBuilder body = new StringBuilder();
    while (matcher.find()) {
      String module = add(resolve(folder, matcher.group(2)));
      String names = matcher.group(1).strip().replaceAll("\\s+", " ").replaceAll(",$", "");
      matcher.appendReplacement(body, "const {" + names + "} = " + module + ";\n");
    }
    matcher.appendTail(body);
    return body.toString();
  }

  /** The path of an import, which starts with {@code ./}, seen from the folder it stands in. */
  private static String resolve(String folder, String relative) {
    if (!relative.startsWith("./")) {
      throw new IllegalStateException("not below the importing module: " + relative);
    }
    return folder + relative.substring(2);
  }
}
