// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What listings need of a class file (JVM Specification, chapter 4): its methods' code and lines,
 * its source file, its source map and the names of its nested classes. All else is passed over, so
 * that class files of any later version are read too, as long as their constants are known.
 */
public final class ClassFile {
  private static final int MAGIC = 0xcafebabe;

  /** Larger attributes are of no class that a JVM would load. */
  private static final int MAX_ATTRIBUTE = 64 << 20;

  /**
   * A method.
   *
   * @param code its bytecode, from position 0; empty if it is abstract or native
   * @param lines its line table, in the order of the file
   */
  public record Method(String name, String descriptor, ByteBuffer code, List<Line> lines) {
    /** The source line of an instruction: that of the last entry at or before it; 0 if unknown. */
    int lineAt(int offset) {
      int start = -1;
      int number = 0;
      for (Line line : lines) {
        if (line.offset <= offset && line.offset > start) {
          start = line.offset;
          number = line.number;
        }
      }
      return number;
    }

    /** Whether any of the code is of a source line. */
    public boolean hasLine(long number) {
      return lines.stream().anyMatch(line -> line.number == number);
    }
  }

  /** From this offset on, the code is of that source line (LineNumberTable). */
  public record Line(int offset, int number) {}

  private final DataInputStream in;
  private final ConstantPool constants;
  private final String name;
  private final List<Method> methods = new ArrayList<>();
  private final Set<String> nested = new TreeSet<>();
  private String sourceFile = "";
  private String sourceMap = "";

  private ClassFile(byte[] bytes) throws IOException {
    in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readInt() != MAGIC) {
      throw new IOException("no class file: it does not start with cafebabe");
    }
    in.readInt(); // version
    constants = ConstantPool.read(in);
    in.readUnsignedShort(); // access
    name = constants.className(in.readUnsignedShort());
    in.readUnsignedShort(); // superclass
    in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
    readMembers(false);
    readMembers(true);
    readClassAttributes();
  }

  /**
   * Reads a class file.
   *
   * @throws IOException if it is damaged
   */
  public static ClassFile parse(byte[] bytes) throws IOException {
    try {
      return new ClassFile(bytes);
    } catch (IndexOutOfBoundsException | ClassCastException damaged) {
      throw new IOException("damaged class file", damaged);
    }
  }

  /** Internal name: {@code com/acme/Shop$Cart}. */
  public String name() {
    return name;
  }

  /** The methods in the order of the file. */
  public List<Method> methods() {
    return methods;
  }

  ConstantPool constants() {
    return constants;
  }

  /** Base name of the source file; empty if it was not recorded. */
  String sourceFile() {
    return sourceFile;
  }

  /** The source map (JSR 45, SourceDebugExtension); empty if there is none. */
  public String sourceMap() {
    return sourceMap;
  }

  /** Internal names of the classes within this one that it knows of, by its InnerClasses. */
  public Set<String> nested() {
    return nested;
  }

  private void readMembers(boolean methodsToo) throws IOException {
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      in.readUnsignedShort(); // access
      String memberName = constants.text(in.readUnsignedShort());
      String descriptor = constants.text(in.readUnsignedShort());
      byte[] code = {};
      List<Line> lines = new ArrayList<>();
      for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
        String attribute = constants.text(in.readUnsignedShort());
        int length = length();
        if (methodsToo && attribute.equals("Code")) {
          code = readCode(lines);
        } else {
          in.skipNBytes(length);
        }
      }
      if (methodsToo) {
        methods.add(new Method(memberName, descriptor, ByteBuffer.wrap(code), List.copyOf(lines)));
      }
    }
  }

  private byte[] readCode(List<Line> lines) throws IOException {
    in.readInt(); // max_stack, max_locals
    byte[] code = bytes(length());
    in.skipNBytes(8L * in.readUnsignedShort()); // exception table
    for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
      String attribute = constants.text(in.readUnsignedShort());
      int length = length();
      if (attribute.equals("LineNumberTable")) {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
          lines.add(new Line(in.readUnsignedShort(), in.readUnsignedShort()));
        }
      } else {
        in.skipNBytes(length);
      }
    }
    return code;
  }

  private void readClassAttributes() throws IOException {
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      String attribute = constants.text(in.readUnsignedShort());
      int length = length();
      switch (attribute) {
        case "SourceFile" -> sourceFile = constants.text(in.readUnsignedShort());
        case "SourceDebugExtension" -> sourceMap = ModifiedUtf8.decode(bytes(length));
        case "InnerClasses" -> readInnerClasses();
        default -> in.skipNBytes(length);
      }
    }
  }

  private void readInnerClasses() throws IOException {
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      String inner = constants.className(in.readUnsignedShort());
      in.skipNBytes(6); // outer class, simple name, access
      if (inner.startsWith(name + "$")) {
        nested.add(inner);
      }
    }
  }

  private int length() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_ATTRIBUTE) {
      throw new IOException("damaged class file: an attribute of " + length + " bytes");
    }
    return length;
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("damaged class file: it ends within an attribute");
    }
    return bytes;
  }
}
