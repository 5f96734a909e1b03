// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The constants of a class file (JVM Specification, section 4.4), as people read them. */
final class ConstantPool {
  private static final int UTF8 = 1;
  private static final int INTEGER = 3;
  private static final int FLOAT = 4;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final int NAME_AND_TYPE = 12;
  private static final int METHOD_HANDLE = 15;
  private static final int METHOD_TYPE = 16;
  private static final int DYNAMIC = 17;
  private static final int INVOKE_DYNAMIC = 18;
  private static final int MODULE = 19;
  private static final int PACKAGE = 20;

  /** How deep constants may refer to constants; real ones go four levels. */
  private static final int MAX_DEPTH = 8;

  /** Longer text constants are cut in listings. */
  private static final int MAX_TEXT = 60;

  /** A constant that refers to one or two others. */
  private record Reference(int tag, int first, int second) {}

  private final @Nullable Object[] entries;

  private ConstantPool(@Nullable Object[] entries) {
    this.entries = entries;
  }

  static ConstantPool read(DataInputStream in) throws IOException {
    @Nullable Object[] entries = new @Nullable Object[in.readUnsignedShort()];
    for (int at = 1; at < entries.length; at++) {
      int tag = in.readUnsignedByte();
      entries[at] = entry(tag, in);
      if (tag == LONG || tag == DOUBLE) {
        at++; // They take two places.
      }
    }
    return new ConstantPool(entries);
  }

  private static Object entry(int tag, DataInputStream in) throws IOException {
    return switch (tag) {
      case UTF8 -> ModifiedUtf8.decode(in.readNBytes(in.readUnsignedShort()));
      case INTEGER -> in.readInt();
      case FLOAT -> in.readFloat();
      case LONG -> in.readLong();
      case DOUBLE -> in.readDouble();
      case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE ->
          new Reference(tag, in.readUnsignedShort(), 0);
      case METHOD_HANDLE -> {
        in.readUnsignedByte(); // reference kind
        yield new Reference(tag, in.readUnsignedShort(), 0);
      }
      case FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC ->
          new Reference(tag, in.readUnsignedShort(), in.readUnsignedShort());
      default -> throw new IOException("class file with a constant of unknown kind " + tag);
    };
  }

  /** A Utf8 constant. */
  String text(int index) throws IOException {
    if (index > 0 && index < entries.length && entries[index] instanceof String text) {
      return text;
    }
    throw new IOException("damaged class file: constant " + index + " is no text");
  }

  /** The internal name that a Class constant holds; empty for index 0. */
  String className(int index) throws IOException {
    return index == 0 ? "" : text(reference(index).first);
  }

  private Reference reference(int index) throws IOException {
    if (index > 0 && index < entries.length && entries[index] instanceof Reference reference) {
      return reference;
    }
    throw new IOException("damaged class file: constant " + index + " refers to nothing");
  }

  /** A constant as listings show it: {@code com/acme/Shop.sell:(I)V}, {@code "text"}, 42. */
  String describe(int index) throws IOException {
    return describe(index, 0);
  }

  private String describe(int index, int depth) throws IOException {
    if (index <= 0 || index >= entries.length || depth > MAX_DEPTH) {
      throw new IOException("damaged class file: no constant " + index);
    }
    Object entry = entries[index];
    if (entry instanceof Reference reference) {
      return switch (reference.tag) {
        case STRING -> quoted(text(reference.first));
        case NAME_AND_TYPE ->
            describe(reference.first, depth + 1) + ":" + describe(reference.second, depth + 1);
        case FIELD, METHOD, INTERFACE_METHOD ->
            describe(reference.first, depth + 1) + "." + describe(reference.second, depth + 1);
        // The first number of these is no constant but a bootstrap method.
        case DYNAMIC, INVOKE_DYNAMIC -> describe(reference.second, depth + 1);
        default -> describe(reference.first, depth + 1);
      };
    }
    return entry instanceof Long ? entry + "l" : entry instanceof Float ? entry + "f" : "" + entry;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int end = Math.min(text.length(), MAX_TEXT);
    for (int at = 0; at < end; at++) {
      char c = text.charAt(at);
      if (List.of('"', '\\').contains(c)) {
        quoted.append('\\').append(c);
      } else if (Character.isISOControl(c)) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append(end < text.length() ? "…\"" : "\"").toString();
  }
}
