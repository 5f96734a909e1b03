// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import org.jspecify.annotations.Nullable;

/** The frames of a chunk, of which methods and types are numbers, as locations of a profile. */
final class ChunkFrames {
  private static final int JAVA = 0;
  private static final int NATIVE = 1;
  private static final int NATIVE_WITHOUT_DESCRIPTOR = 2;

  /** In place of the number of a method that the chunk does not have. */
  private static final int MISSING = Integer.MAX_VALUE - 1;

  private final ChunkNames names;
  private final MethodFrames frames;

  /** Numbers of methods among those of the recording. */
  private final LongIndex indexOfMethod = new LongIndex();

  /** Whether frames of a type are native, by the number of the type. */
  private final LongIndex nativeOfType = new LongIndex();

  ChunkFrames(ChunkNames names, MethodFrames frames) {
    this.names = names;
    this.frames = frames;
  }

  /** The location of a frame; the complement of it if stack traces hide the frame. */
  int location(long method, int line, long type) throws ProfileFormatException {
    int index = index(method);
    if (index == MISSING) {
      return frames.unknown();
    }
    ChunkNames.Method known = frames.method(index);
    int location = frames.location(index, Math.max(0, line), isNative(type, known));
    return known.hidden() ? ~location : location;
  }

  /** The name of a method, empty if unknown. */
  String methodName(long method) throws ProfileFormatException {
    int index = index(method);
    return index == MISSING ? "" : frames.method(index).name();
  }

  private int index(long method) throws ProfileFormatException {
    int index = indexOfMethod.get(method);
    if (index == LongIndex.NONE) {
      ChunkNames.@Nullable Method known = names.method(method);
      index = known == null ? MISSING : frames.index(known);
      indexOfMethod.put(method, index);
    }
    return index;
  }

  /**
   * Whether a frame is not Java: async-profiler gives those a library for their class and no
   * descriptor. The JDK calls native methods of Java native too, and those have a descriptor.
   */
  private boolean isNative(long type, ChunkNames.Method method) throws ProfileFormatException {
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
