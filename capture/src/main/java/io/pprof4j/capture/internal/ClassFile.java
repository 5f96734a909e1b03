// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The parts of a class file that a profile shows: the source file and where each method starts
 * (Java Virtual Machine Specification, chapter 4).
 */
final class ClassFile {
  private static final int MAGIC = 0xCAFEBABE;

  private String sourceFile = "";
  private final Map<String, Integer> startLines = new HashMap<>();

  /** Of each name that one method only has; of others empty. */
  private final Map<String, String> descriptors = new HashMap<>();

  private String[] utf8 = {};

  private ClassFile() {}

  /**
   * Reads a class file.
   *
   * @throws IOException if it cannot be read or is malformed
   */
  static ClassFile read(InputStream stream) throws IOException {
    ClassFile file = new ClassFile();
    DataInputStream in = new DataInputStream(stream);
    if (in.readInt() != MAGIC) {
      throw new IOException("no class file");
    }
    in.skipNBytes(4); // version
    file.readConstants(in);
    in.skipNBytes(6); // access flags, this class, super class
    in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
    file.readMembers(in, (field, descriptor) -> {});
    file.readMembers(
        in, (name, descriptor) -> file.descriptors.merge(name, descriptor, (one, other) -> ""));
    file.readAttributes(in, "");
    file.utf8 = new String[0];
    return file;
  }

  /** The SourceFile attribute, empty if there is none. */
  String sourceFile() {
    return sourceFile;
  }

  /** The first line of a method, 0 if unknown. */
  int startLine(String name, String descriptor) {
    return startLines.getOrDefault(name + descriptor, 0);
  }

  /** The descriptor of the method of a name; empty if there is none or more than one. */
  String descriptor(String name) {
    return descriptors.getOrDefault(name, "");
  }

  private void readConstants(DataInputStream in) throws IOException {
    utf8 = new String[in.readUnsignedShort()];
    for (int index = 1; index < utf8.length; index++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> utf8[index] = in.readUTF();
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          index++; // a long or double takes two places
        }
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        default -> throw new IOException("unknown constant " + tag);
      }
    }
  }

  private void readMembers(DataInputStream in, BiConsumer<String, String> use) throws IOException {
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      in.skipNBytes(2); // access flags
      String name = text(in.readUnsignedShort());
      String descriptor = text(in.readUnsignedShort());
      use.accept(name, descriptor);
      readAttributes(in, name + descriptor);
    }
  }

  private void readAttributes(DataInputStream in, String member) throws IOException {
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      String name = text(in.readUnsignedShort());
      long length = Integer.toUnsignedLong(in.readInt());
      switch (name) {
        case "SourceFile" -> sourceFile = text(in.readUnsignedShort());
        case "Code" -> readCode(in, member);
        case "LineNumberTable" -> readLines(in, member);
        default -> in.skipNBytes(length);
      }
    }
  }

  private void readCode(DataInputStream in, String member) throws IOException {
    in.skipNBytes(4); // stack and locals
    in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
    in.skipNBytes(8L * in.readUnsignedShort()); // exception handlers
    readAttributes(in, member);
  }

  private void readLines(DataInputStream in, String member) throws IOException {
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      in.skipNBytes(2); // place in the code
      startLines.merge(member, in.readUnsignedShort(), Math::min);
    }
  }

  private String text(int index) throws IOException {
    if (index >= utf8.length || utf8[index] == null) {
      throw new IOException("constant %d is no text".formatted(index));
    }
    return utf8[index];
  }
}
