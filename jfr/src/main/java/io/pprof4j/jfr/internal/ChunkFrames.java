// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;

/** The frames of a chunk, of which methods and types are numbers, as locations of a profile. */
final class ChunkFrames {
  private static final int JAVA = 0;
  private static final int NATIVE = 1;
  private static final int NATIVE_WITHOUT_DESCRIPTOR = 2;

  private final ChunkNames names;
  private final ChunkMethods methods;
  private final MethodFrames frames;

  /** Whether frames of a type are native, by the number of the type. */
  private final LongIndex nativeOfType = new LongIndex();

  ChunkFrames(ChunkNames names, ChunkMethods methods, MethodFrames frames) {
    this.names = names;
    this.methods = methods;
    this.frames = frames;
  }

  /** The location of a frame; the complement of it if stack traces hide the frame. */
  int location(long method, int line, long type) throws ProfileFormatException {
    int index = methods.index(method);
    if (index == ChunkMethods.MISSING) {
      return frames.unknown();
    }
    MethodTable.Method known = frames.methods().method(index);
    int location = frames.location(index, Math.max(0, line), isNative(type, known));
    return known.hidden() ? ~location : location;
  }

  /** The name of a method, empty if unknown. */
  String methodName(long method) throws ProfileFormatException {
    int index = methods.index(method);
    return index == ChunkMethods.MISSING ? "" : frames.methods().method(index).name();
  }

  /**
   * Whether a frame is not Java: async-profiler gives those a library for their class and no
   * descriptor. The JDK calls native methods of Java native too, and those have a descriptor.
   */
  private boolean isNative(long type, MethodTable.Method method) throws ProfileFormatException {
    int known = nativeOfType.get(type);
    if (known == LongIndex.NONE) {
      known = kindOfType(names.frameType(type));
      nativeOfType.put(type, known);
    }
    return known == NATIVE || (known == NATIVE_WITHOUT_DESCRIPTOR && !method.hasDescriptor());
  }

  private static int kindOfType(String name) {
    return switch (name) {
      case "C++", "Kernel" -> NATIVE;
      case "Native" -> NATIVE_WITHOUT_DESCRIPTOR;
      default -> JAVA;
    };
  }
}
