// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.JvmMethod;

/** The frames of a recording as rows of a profile's locations, each made once for all chunks. */
final class MethodFrames {
  /** Recordings do not tell where a class came from. */
  private static final String UNKNOWN_SOURCE = "";

  private final JvmFrames frames;
  private final MethodTable methods = new MethodTable();

  /** Functions by method, of those that have frames of Java. */
  private final LongIndex functionOfMethod = new LongIndex();

  /** Locations by method and line; the complement of that for native frames. */
  private final LongIndex locationOfFrame = new LongIndex();

  MethodFrames(JvmFrames frames) {
    this.frames = frames;
  }

  /** The methods by number. */
  MethodTable methods() {
    return methods;
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
      known = isNative ? nativeLocation(method) : javaLocation(method, line);
      locationOfFrame.put(key, known);
    }
    return known;
  }

  private int nativeLocation(int method) {
    MethodTable.Method named = methods.method(method);
    return frames.nativeLocation(named.name(), named.className());
  }

  private int javaLocation(int method, int line) {
    int function = functionOfMethod.get(method);
    if (function == LongIndex.NONE) {
      MethodTable.Method named = methods.method(method);
      function =
          frames.function(
              new JvmMethod(
                  named.className(), named.name(), named.descriptor(), "", 0, UNKNOWN_SOURCE));
      functionOfMethod.put(method, function);
    }
    return frames.location(function, UNKNOWN_SOURCE, line);
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
