// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.util.Arrays;
import java.util.List;

/** The instructions of the JVM: their names and operands (JVM Specification, chapters 6 and 7). */
final class Opcodes {
  static final int BIPUSH = 16;
  static final int SIPUSH = 17;
  static final int LDC = 18;
  static final int LDC_W = 19;
  static final int LDC2_W = 20;
  static final int IINC = 132;
  static final int GOTO = 167;
  static final int JSR = 168;
  static final int TABLESWITCH = 170;
  static final int LOOKUPSWITCH = 171;
  static final int GETSTATIC = 178;
  static final int INVOKEINTERFACE = 185;
  static final int INVOKEDYNAMIC = 186;
  static final int NEW = 187;
  static final int NEWARRAY = 188;
  static final int ANEWARRAY = 189;
  static final int CHECKCAST = 192;
  static final int INSTANCEOF = 193;
  static final int WIDE = 196;
  static final int MULTIANEWARRAY = 197;
  static final int IFNONNULL = 199;
  static final int GOTO_W = 200;
  static final int JSR_W = 201;

  private static final int IFEQ = 153;
  private static final int IFNULL = 198;
  private static final int ILOAD = 21;
  private static final int ALOAD = 25;
  private static final int ISTORE = 54;
  private static final int ASTORE = 58;
  private static final int RET = 169;

  private static final List<String> NAMES =
      Arrays.asList(
          """
          nop aconst_null iconst_m1 iconst_0 iconst_1 iconst_2 iconst_3 iconst_4 iconst_5 lconst_0
          lconst_1 fconst_0 fconst_1 fconst_2 dconst_0 dconst_1 bipush sipush ldc ldc_w ldc2_w
          iload lload fload dload aload iload_0 iload_1 iload_2 iload_3 lload_0 lload_1 lload_2
          lload_3 fload_0 fload_1 fload_2 fload_3 dload_0 dload_1 dload_2 dload_3 aload_0 aload_1
          aload_2 aload_3 iaload laload faload daload aaload baload caload saload istore lstore
          fstore dstore astore istore_0 istore_1 istore_2 istore_3 lstore_0 lstore_1 lstore_2
          lstore_3 fstore_0 fstore_1 fstore_2 fstore_3 dstore_0 dstore_1 dstore_2 dstore_3 astore_0
          astore_1 astore_2 astore_3 iastore lastore fastore dastore aastore bastore castore sastore
          pop pop2 dup dup_x1 dup_x2 dup2 dup2_x1 dup2_x2 swap iadd ladd fadd dadd isub lsub fsub
          dsub imul lmul fmul dmul idiv ldiv fdiv ddiv irem lrem frem drem ineg lneg fneg dneg ishl
          lshl ishr lshr iushr lushr iand land ior lor ixor lxor iinc i2l i2f i2d l2i l2f l2d f2i
          f2l f2d d2i d2l d2f i2b i2c i2s lcmp fcmpl fcmpg dcmpl dcmpg ifeq ifne iflt ifge ifgt ifle
          if_icmpeq if_icmpne if_icmplt if_icmpge if_icmpgt if_icmple if_acmpeq if_acmpne goto jsr
          ret tableswitch lookupswitch ireturn lreturn freturn dreturn areturn return getstatic
          putstatic getfield putfield invokevirtual invokespecial invokestatic invokeinterface
          invokedynamic new newarray anewarray arraylength athrow checkcast instanceof monitorenter
          monitorexit wide multianewarray ifnull ifnonnull goto_w jsr_w\
          """
              .split("\\s+"));

  private Opcodes() {}

  /** The name of an instruction; a number for one that the JVM does not define. */
  static String name(int opcode) {
    return opcode < NAMES.size() ? NAMES.get(opcode) : "opcode_" + opcode;
  }

  /** Whether its operand is a two-byte offset of a jump. */
  static boolean isJump(int opcode) {
    return (opcode >= IFEQ && opcode <= JSR) || opcode == IFNULL || opcode == IFNONNULL;
  }

  /** Whether its operand is the number of a local variable. */
  static boolean takesVariable(int opcode) {
    return (opcode >= ILOAD && opcode <= ALOAD)
        || (opcode >= ISTORE && opcode <= ASTORE)
        || opcode == RET;
  }

  /** Whether its first operand is a two-byte index of a constant. */
  static boolean takesConstant(int opcode) {
    return opcode == LDC_W
        || opcode == LDC2_W
        || (opcode >= GETSTATIC && opcode <= NEW)
        || opcode == ANEWARRAY
        || opcode == CHECKCAST
        || opcode == INSTANCEOF
        || opcode == MULTIANEWARRAY;
  }
}
