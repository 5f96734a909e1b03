// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import static java.util.Objects.requireNonNull;

import io.pprof4j.report.ObjectTool;
import io.pprof4j.symbol.internal.code.BytecodeDisassembler;
import io.pprof4j.symbol.internal.code.ClassFile;
import io.pprof4j.symbol.internal.code.MethodName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads all code that profiles are of: bytecode by itself, native code with other tools. */
public final class CodeTools implements ObjectTool {
  private final CodePath code;
  private final ObjectTool natives;

  /**
   * Prepares to read code; nothing is opened yet.
   *
   * @param code where class files are
   * @param natives reads the binaries of the system
   */
  public CodeTools(CodePath code, ObjectTool natives) {
    this.code = requireNonNull(code, "code");
    this.natives = requireNonNull(natives, "natives");
  }

  @Override
  public ObjectFile open(Image image) throws IOException {
    return natives.open(image);
  }

  @Override
  public List<Instruction> disassemble(String filename, Range range, Syntax syntax)
      throws IOException {
    return natives.disassemble(filename, range, syntax);
  }

  @Override
  public List<MethodCode> bytecode(String function, String systemName) {
    MethodName name = MethodName.parse(function, systemName);
    CodePath.Found found = name == null ? null : code.findClass(name.classPath());
    if (name == null || found == null) {
      return List.of();
    }
    try {
      ClassFile classFile = ClassFile.parse(found.bytes());
      List<MethodCode> methods = methods(classFile, name, found.root().name());
      boolean other = methods.isEmpty() && !name.descriptor().isEmpty();
      // The class may have changed since the profile was taken: then any overload will do.
      return other
          ? methods(
              classFile, new MethodName(name.className(), name.method(), ""), found.root().name())
          : methods;
    } catch (IOException damaged) {
      return List.of();
    }
  }

  private static List<MethodCode> methods(ClassFile classFile, MethodName name, String origin)
      throws IOException {
    List<MethodCode> methods = new ArrayList<>();
    for (ClassFile.Method method : classFile.methods()) {
      boolean wanted =
          method.name().equals(name.method())
              && (name.descriptor().isEmpty() || name.descriptor().equals(method.descriptor()));
      if (wanted && method.code().hasRemaining()) {
        methods.add(
            new MethodCode(
                classFile.name() + "." + method.name() + method.descriptor(),
                origin,
                BytecodeDisassembler.disassemble(classFile, method)));
      }
    }
    return methods;
  }
}
