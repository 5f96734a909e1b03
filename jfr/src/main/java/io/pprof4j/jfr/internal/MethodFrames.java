// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.JvmMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The frames of a recording as rows of a profile's locations, each made once for all chunks. */
final class MethodFrames {
  private final JvmFrames frames;
  private final Map<ChunkNames.Method, Integer> indexOfMethod = new HashMap<>();
  private final List<ChunkNames.Method> methods = new ArrayList<>();

  /** Locations by method and line; the complement of that for native frames. */
  private final LongIndex locationOfFrame = new LongIndex();

  MethodFrames(JvmFrames frames) {
    this.frames = frames;
  }

  /** The number of a method, the same for an equal one of another chunk. */
  int index(ChunkNames.Method method) {
    return indexOfMethod.computeIfAbsent(
        method,
        added -> {
          methods.add(added);
          return methods.size() - 1;
        });
  }

  /** The method of a number. */
  ChunkNames.Method method(int index) {
    return methods.get(index);
  }

  /**
   * The location of a frame.
   *
   * @param method number of its method
   * @param line line in the source, 0 if unknown
   */
  int location(int method, int line, boolean isNative) {
    long frame = (long) method << 32 | line;
    long key = isNative ? ~frame : frame;
    int known = locationOfFrame.get(key);
    if (known == LongIndex.NONE) {
      known = convert(methods.get(method), line, isNative);
      locationOfFrame.put(key, known);
    }
    return known;
  }

  private int convert(ChunkNames.Method method, int line, boolean isNative) {
    return isNative
        ? frames.nativeLocation(method.name(), method.className())
        : frames.location(
            new JvmMethod(method.className(), method.name(), method.descriptor(), "", 0, ""), line);
  }

  /** The location of a frame whose method is not in the recording. */
  int unknown() {
    return frames.nativeLocation("[unknown]", "");
  }

  /** The location that stands for a stack which is not in the recording. */
  int noStack() {
    return frames.nativeLocation("[no stack]", "");
  }
}
