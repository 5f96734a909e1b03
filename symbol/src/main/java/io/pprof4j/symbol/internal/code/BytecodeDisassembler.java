// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import io.pprof4j.report.ObjectTool.Instruction;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes a method's bytecode as instructions, in the notation of the JVM Specification. */
public final class BytecodeDisassembler {
  private static final String[] PRIMITIVES = {
    "boolean", "char", "float", "double", "byte", "short", "int", "long"
  };

  private static final int FIRST_PRIMITIVE = 4;

  private final ClassFile classFile;
  private final ClassFile.Method method;
  private final ByteBuffer code;

  private BytecodeDisassembler(ClassFile classFile, ClassFile.Method method) {
    this.classFile = classFile;
    this.method = method;
    this.code = method.code().duplicate();
  }

  /**
   * The instructions of a method; their addresses are offsets in its code.
   *
   * @throws IOException if the code is damaged
   */
  public static List<Instruction> disassemble(ClassFile classFile, ClassFile.Method method)
      throws IOException {
    try {
      return new BytecodeDisassembler(classFile, method).instructions();
    } catch (BufferUnderflowException | IllegalArgumentException damaged) {
      throw new IOException("damaged bytecode of " + classFile.name(), damaged);
    }
  }

  private List<Instruction> instructions() throws IOException {
    List<Instruction> instructions = new ArrayList<>();
    while (code.hasRemaining()) {
      int offset = code.position();
      String text = instruction(offset, unsignedByte());
      instructions.add(
          new Instruction(offset, text, "", classFile.sourceFile(), method.lineAt(offset)));
    }
    return instructions;
  }

  private String instruction(int offset, int opcode) throws IOException {
    String name = Opcodes.name(opcode);
    if (Opcodes.isJump(opcode)) {
      return name + " " + target(offset, code.getShort());
    }
    if (Opcodes.takesVariable(opcode)) {
      return name + " " + unsignedByte();
    }
    if (Opcodes.takesConstant(opcode)) {
      return name + " " + constant(opcode);
    }
    return switch (opcode) {
      case Opcodes.BIPUSH -> name + " " + code.get();
      case Opcodes.SIPUSH -> name + " " + code.getShort();
      case Opcodes.LDC -> name + " " + classFile.constants().describe(unsignedByte());
      case Opcodes.IINC -> name + " " + unsignedByte() + ", " + code.get();
      case Opcodes.NEWARRAY -> name + " " + primitive(unsignedByte());
      case Opcodes.GOTO_W, Opcodes.JSR_W -> name + " " + target(offset, code.getInt());
      case Opcodes.TABLESWITCH -> tableSwitch(offset);
      case Opcodes.LOOKUPSWITCH -> lookupSwitch(offset);
      case Opcodes.WIDE -> wide();
      default -> name;
    };
  }

  private String constant(int opcode) throws IOException {
    String text = classFile.constants().describe(unsignedShort());
    return switch (opcode) {
      case Opcodes.INVOKEINTERFACE, Opcodes.INVOKEDYNAMIC -> {
        code.getShort(); // count of arguments, and zeros
        yield text;
      }
      case Opcodes.MULTIANEWARRAY -> text + ", " + unsignedByte();
      default -> text;
    };
  }

  private String wide() {
    int opcode = unsignedByte();
    String text = Opcodes.name(opcode) + "_w " + unsignedShort();
    return opcode == Opcodes.IINC ? text + ", " + code.getShort() : text;
  }

  private String tableSwitch(int offset) throws IOException {
    align();
    int otherwise = code.getInt();
    int low = code.getInt();
    // Checked once: with each entry read, fewer bytes remain.
    long count = checked((long) code.getInt() - low + 1, Integer.BYTES);
    StringBuilder text = new StringBuilder("tableswitch {");
    for (int at = 0; at < count; at++) {
      text.append(' ').append(low + at).append(": ").append(target(offset, code.getInt()));
    }
    return text.append(" default: ").append(target(offset, otherwise)).append(" }").toString();
  }

  private String lookupSwitch(int offset) throws IOException {
    align();
    int otherwise = code.getInt();
    long count = checked(code.getInt(), 2 * Integer.BYTES);
    StringBuilder text = new StringBuilder("lookupswitch {");
    for (int at = 0; at < count; at++) {
      text.append(' ').append(code.getInt()).append(": ").append(target(offset, code.getInt()));
    }
    return text.append(" default: ").append(target(offset, otherwise)).append(" }").toString();
  }

  private long checked(long count, int entryBytes) throws IOException {
    if (count < 0 || count > code.remaining() / entryBytes) {
      throw new IOException("damaged bytecode of " + classFile.name() + ": a switch too long");
    }
    return count;
  }

  /** The operands of switches start at a multiple of four. */
  private void align() {
    code.position((code.position() + 3) & ~3);
  }

  private static String target(int offset, int distance) {
    return Integer.toHexString(offset + distance);
  }

  private static String primitive(int type) {
    int index = type - FIRST_PRIMITIVE;
    return index >= 0 && index < PRIMITIVES.length ? PRIMITIVES[index] : "type_" + type;
  }

  private int unsignedByte() {
    return Byte.toUnsignedInt(code.get());
  }

  private int unsignedShort() {
    return Short.toUnsignedInt(code.getShort());
  }
}
