// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;

/** Methods and classes of a chunk among those of the recording. */
final class ChunkMethods {
  /** In place of the index of a method that the chunk does not have. */
  static final int MISSING = Integer.MAX_VALUE - 1;

  /** A text that is empty. */
  private static final byte[] EMPTY = {TextEncoding.EMPTY};

  private final MethodTable methods;
  private final Constants methodConstants;
  private final Constants classConstants;
  private final Constants symbolConstants;
  private final Constants stringConstants;

  // Slots of their fields.
  private final int type;
  private final int name;
  private final int descriptor;
  private final int hidden;
  private final int classSymbol;

  private final LongIndex indexOfMethod = new LongIndex();

  /** Numbers of the texts that classes are called, and that symbols are. */
  private final LongIndex nameOfClass = new LongIndex();

  private final LongIndex textOfSymbol = new LongIndex();

  ChunkMethods(ConstantPools constants, MethodTable methods) {
    this.methods = methods;
    methodConstants = new Constants(constants.pool("jdk.types.Method"));
    classConstants = new Constants(constants.pool("java.lang.Class"));
    symbolConstants = new Constants(constants.pool("jdk.types.Symbol"));
    stringConstants = new Constants(constants.pool("java.lang.String"));
    type = methodConstants.slot("type");
    name = methodConstants.slot("name");
    descriptor = methodConstants.slot("descriptor");
    hidden = methodConstants.slot("hidden");
    classSymbol = classConstants.slot("name");
  }

  /** The index of a method, or MISSING. */
  int index(long method) throws ProfileFormatException {
    int known = indexOfMethod.get(method);
    if (known == LongIndex.NONE) {
      known = methodConstants.read(method) ? indexOfRead() : MISSING;
      indexOfMethod.put(method, known);
    }
    return known;
  }

  private int indexOfRead() throws ProfileFormatException {
    return methods.index(
        nameOfClass(methodConstants.value(type)),
        textOfSymbol(methodConstants.value(name)),
        textOfSymbol(methodConstants.value(descriptor)),
        methodConstants.value(hidden) != 0);
  }

  /** The binary name of a class, empty if unknown. */
  String className(long id) throws ProfileFormatException {
    return methods.binaryName(nameOfClass(id));
  }

  private int nameOfClass(long id) throws ProfileFormatException {
    int known = nameOfClass.get(id);
    if (known == LongIndex.NONE) {
      known = textOfSymbol(classConstants.read(id) ? classConstants.value(classSymbol) : 0);
      nameOfClass.put(id, known);
    }
    return known;
  }

  private int textOfSymbol(long id) throws ProfileFormatException {
    int known = textOfSymbol.get(id);
    if (known == LongIndex.NONE) {
      known = symbolConstants.seek(id) ? text(symbolConstants.cursor()) : empty();
      textOfSymbol.put(id, known);
    }
    return known;
  }

  /** The number of the text at a cursor. */
  private int text(Cursor in) throws ProfileFormatException {
    int from = in.position();
    if (in.rawByte() == TextEncoding.CONSTANT) {
      // A constant text never refers to another one.
      return stringConstants.seek(in.number()) ? number(stringConstants.cursor()) : empty();
    }
    in.position(from);
    return number(in);
  }

  private int number(Cursor in) throws ProfileFormatException {
    int from = in.position();
    in.skipText();
    return methods.texts().number(in.bytes(), from, in.position());
  }

  private int empty() throws ProfileFormatException {
    return methods.texts().number(EMPTY, 0, EMPTY.length);
  }
}
