// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.JvmMethod;
import io.pprof4j.profile.ProfileFormatException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frames of a chunk as rows of a profile's locations. */
final class ChunkFrames {
  /*
   * Most frames are one of a few thousand. A small table that fits into the processor's cache, with
   * one place for each frame by its hash, answers for those; the others are looked up in maps.
   */
  private static final int CACHE_BITS = 11;

  /** Longs of an entry: method, line and type, whether it is taken, location. */
  private static final int ENTRY = 4;

  private static final int JAVA = 0;
  private static final int NATIVE = 1;
  private static final int NATIVE_WITHOUT_DESCRIPTOR = 2;

  private final Layout layout;
  private final ChunkNames names;
  private final JvmFrames frames;
  private final long[] slots;
  private final int method;
  private final int line;
  private final int type;

  private final LongIndex indexOfMethod = new LongIndex();
  private final List<ChunkNames.@Nullable Method> methods = new ArrayList<>();

  /** Locations by method and line; the complement of that for native frames. */
  private final LongIndex locationOfFrame = new LongIndex();

  /** Whether frames of a type are native, by the number of the type. */
  private final LongIndex nativeOfType = new LongIndex();

  private final long[] cache = new long[ENTRY << CACHE_BITS];

  ChunkFrames(Layout layout, ChunkNames names, JvmFrames frames) {
    this.layout = layout;
    this.names = names;
    this.frames = frames;
    slots = new long[layout.slots()];
    method = layout.slot("method");
    line = layout.slot("lineNumber");
    type = layout.slot("type");
  }

  /** Reads a frame: its location; the complement of it if stack traces hide the frame. */
  int location(Cursor in) throws ProfileFormatException {
    layout.read(in, slots);
    long methodId = value(method);
    long lineAndType = (value(type) << Integer.SIZE) | (value(line) & 0xFFFF_FFFFL);
    long hash = (methodId * 31 + lineAndType) * 0x9E3779B97F4A7C15L;
    int entry = ENTRY * (int) (hash >>> (Long.SIZE - CACHE_BITS));
    if (cache[entry] == methodId && cache[entry + 1] == lineAndType && cache[entry + 2] != 0) {
      return (int) cache[entry + 3];
    }
    int location = lookUp();
    cache[entry] = methodId;
    cache[entry + 1] = lineAndType;
    cache[entry + 2] = 1;
    cache[entry + 3] = location;
    return location;
  }

  private int lookUp() throws ProfileFormatException {
    int index = indexOfMethod();
    int location = location(index);
    ChunkNames.Method known = methods.get(index);
    return known != null && known.hidden() ? ~location : location;
  }

  /** Reads a frame: the name of its method, empty if unknown. */
  String methodName(Cursor in) throws ProfileFormatException {
    layout.read(in, slots);
    ChunkNames.Method known = methods.get(indexOfMethod());
    return known == null ? "" : known.name();
  }

  private long value(int slot) {
    return slot < 0 ? 0 : slots[slot];
  }

  private int indexOfMethod() throws ProfileFormatException {
    int index = indexOfMethod.get(value(method));
    if (index == LongIndex.NONE) {
      index = indexOfMethod.number(value(method));
      methods.add(names.method(value(method)));
    }
    return index;
  }

  private int location(int index) throws ProfileFormatException {
    int at = Math.max(0, (int) value(line));
    boolean isNative = isNative(index);
    long frame = (long) index << 32 | at;
    long key = isNative ? ~frame : frame;
    int known = locationOfFrame.get(key);
    if (known == LongIndex.NONE) {
      known = convert(methods.get(index), at, isNative);
      locationOfFrame.put(key, known);
    }
    return known;
  }

  private int convert(ChunkNames.@Nullable Method known, int at, boolean isNative) {
    if (known == null) {
      return frames.nativeLocation("[unknown]", "");
    }
    if (isNative) {
      return frames.nativeLocation(known.name(), known.className());
    }
    JvmMethod javaMethod =
        new JvmMethod(known.className(), known.name(), known.descriptor(), "", 0, "");
    return frames.location(javaMethod, at);
  }

  /**
   * Whether a frame is not Java: async-profiler gives those a library for their class and no
   * descriptor. The JDK calls native methods of Java native too, and those have a descriptor.
   */
  private boolean isNative(int index) throws ProfileFormatException {
    int known = nativeOfType.get(value(type));
    if (known == LongIndex.NONE) {
      known = kindOfType(names.frameType(value(type)));
      nativeOfType.put(value(type), known);
    }
    if (known != NATIVE_WITHOUT_DESCRIPTOR) {
      return known == NATIVE;
    }
    ChunkNames.Method declared = methods.get(index);
    return declared != null && !declared.hasDescriptor();
  }

  private static int kindOfType(String name) {
    return switch (name) {
      case "C++", "Kernel" -> NATIVE;
      case "Native" -> NATIVE_WITHOUT_DESCRIPTOR;
      default -> JAVA;
    };
  }
}
