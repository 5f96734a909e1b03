// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Reads binaries: native ones by address, Java's by method. */
public interface ObjectTool {
  /** Knows no binaries. */
  ObjectTool NONE =
      new ObjectTool() {
        @Override
        public ObjectFile open(Image image) throws IOException {
          throw new IOException("no tool reads " + image.filename());
        }

        @Override
        public List<Instruction> disassemble(String filename, Range range, Syntax syntax)
            throws IOException {
          throw new IOException("no tool disassembles " + filename);
        }
      };

  /** Notation of x86 assembly. */
  enum Syntax {
    /** AT&amp;T's. */
    ATT,
    /** Intel's. */
    INTEL
  }

  /**
   * Opens a binary.
   *
   * @throws IOException if it cannot be read; the message is for the user
   */
  ObjectFile open(Image image) throws IOException;

  /**
   * Disassembles a part of a binary.
   *
   * @throws IOException if it cannot be read; the message is for the user
   */
  List<Instruction> disassemble(String filename, Range range, Syntax syntax) throws IOException;

  /**
   * The bytecode of methods in the profile's jars and classes. Addresses are offsets in the method.
   *
   * @param function name of a method, {@code com.acme.Shop.sell}; overloads are all meant
   * @param systemName name with descriptor, {@code com/acme/Shop.sell(I)V}; empty if unknown
   * @return one list per method that has that name; empty if there is none
   */
  default List<MethodCode> bytecode(String function, String systemName) {
    return List.of();
  }

  /**
   * A binary as it is mapped (profile.proto, Mapping).
   *
   * @param filename the file
   * @param start address of the first byte
   * @param limit address after the last byte
   * @param offset offset in the file of the first byte
   */
  record Image(String filename, long start, long limit, long offset) {}

  /**
   * Addresses in an object file.
   *
   * @param begin the first, unsigned
   * @param end the one after the last, unsigned
   */
  record Range(long begin, long end) {}

  /**
   * A symbol of an object file.
   *
   * @param names its names, the main one first
   * @param filename file that has it
   * @param start first address
   * @param end last address
   */
  record Symbol(List<String> names, String filename, long start, long end) {}

  /**
   * An instruction.
   *
   * @param address in the object file
   * @param text as the disassembler prints it
   * @param function it belongs to, or empty
   * @param file source file, or empty
   * @param line source line, or 0
   */
  record Instruction(long address, String text, String function, String file, long line) {}

  /**
   * A frame of an address.
   *
   * @param function name, or empty
   * @param file source file, or empty
   * @param line source line, or 0
   * @param column source column, or 0
   * @param startLine line of the function's declaration, or 0
   */
  record Frame(String function, String file, long line, long column, long startLine) {
    /** A frame of which no more is known. */
    public Frame(String function, String file, long line) {
      this(function, file, line, 0, 0);
    }
  }

  /**
   * A method's bytecode.
   *
   * @param systemName name with descriptor: {@code com/acme/Shop.sell(I)V}
   * @param origin the jar or directory it was found in
   * @param instructions its instructions
   */
  record MethodCode(String systemName, String origin, List<Instruction> instructions) {}

  /** An open binary. */
  interface ObjectFile extends AutoCloseable {
    /**
     * The address in the file of an address in the profile.
     *
     * @throws IOException if it has none
     */
    long objectAddress(long address) throws IOException;

    /**
     * The frames of an address of the profile, innermost first.
     *
     * @throws IOException if they cannot be found
     */
    List<Frame> frames(long address) throws IOException;

    /**
     * Symbols that a name test accepts, or that contain an address of the profile.
     *
     * @param address 0 if only names count
     * @throws IOException if they cannot be read
     */
    List<Symbol> symbols(Predicate<String> name, long address) throws IOException;

    /** Releases the file. */
    @Override
    void close();
  }
}
