// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import io.pprof4j.report.ObjectTool.Instruction;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where fields are initialized. Compilers move initializers into constructors and {@code <clinit>};
 * the decompiler moves them back and then does not tell their lines, but the bytecode does.
 */
final class FieldLines {
  /** A declaration with a value; the name is the last word before the equals sign. */
  private static final Pattern DECLARATION =
      Pattern.compile("^\\s+(?:[\\w$.]+(?:<.*>)?(?:\\[])* )+([\\w$]+) = .*");

  private static final Pattern STORE = Pattern.compile("put(?:static|field) ([^:]+):.*");

  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();

  private FieldLines() {}

  /** The initializers of a class and those nested in it. */
  static FieldLines of(Collection<byte[]> classFiles) {
    FieldLines fields = new FieldLines();
    for (byte[] bytes : classFiles) {
      try {
        fields.add(ClassFile.parse(bytes));
      } catch (IOException damaged) {
        // Its fields have no lines then.
      }
    }
    fields.lines.keySet().removeAll(fields.ambiguous);
    return fields;
  }

  private void add(ClassFile classFile) throws IOException {
    Map<String, Integer> ofClass = new HashMap<>();
    for (ClassFile.Method method : classFile.methods()) {
      if (method.name().equals("<clinit>") || method.name().equals("<init>")) {
        add(classFile, method, ofClass);
      }
    }
    ofClass.forEach(
        (name, line) -> {
          if (lines.putIfAbsent(name, line) != null) {
            ambiguous.add(name);
          }
        });
  }

  /** An initializer starts behind the one before; what is before all of them is super(). */
  private static void add(
      ClassFile classFile, ClassFile.Method method, Map<String, Integer> ofClass)
      throws IOException {
    long start = 0;
    for (Instruction code : BytecodeDisassembler.disassemble(classFile, method)) {
      start = start == 0 ? code.line() : start;
      Matcher store = STORE.matcher(code.text());
      if (store.matches()) {
        String name = store.group(1);
        ofClass.putIfAbsent(name.substring(name.lastIndexOf('.') + 1), (int) start);
      }
      boolean ends = store.matches() || code.text().contains(".<init>:()V");
      start = ends ? 0 : start;
    }
  }

  /** The original line of a line of decompiled source; 0 if it initializes no known field. */
  int of(String declaration) {
    Matcher matcher = DECLARATION.matcher(declaration);
    return matcher.matches() ? lines.getOrDefault(matcher.group(1), 0) : 0;
  }
}
