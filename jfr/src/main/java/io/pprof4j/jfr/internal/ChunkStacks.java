// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.JvmMethod;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ProfileFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stacks of a chunk as rows of a profile. Each is converted when it is first asked for. */
final class ChunkStacks {
  private static final String STACK = "jdk.types.StackTrace";

  private static final int JAVA = 0;
  private static final int NATIVE = 1;
  private static final int NATIVE_WITHOUT_DESCRIPTOR = 2;

  private final ConstantPools constants;
  private final ChunkNames names;
  private final ProfileBuilder builder;
  private final JvmFrames frames;
  private final @Nullable Layout stackLayout;
  private final @Nullable Layout frameLayout;
  private final long[] stackSlots;
  private final long[] frameSlots;
  private final int truncatedSlot;
  private final int method;
  private final int line;
  private final int type;
  private final Cursor cursor = new Cursor();

  private final LongIndex rowOfStack = new LongIndex();
  private final LongIndex indexOfMethod = new LongIndex();
  private final List<ChunkNames.@Nullable Method> methods = new ArrayList<>();

  /** Locations by method, line and whether the frame is native. */
  private final LongIndex locationOfFrame = new LongIndex();

  /** Whether frames of a type are native, by the number of the type. */
  private final LongIndex nativeOfType = new LongIndex();

  private int[] rows = new int[64];
  private boolean truncated;

  ChunkStacks(ConstantPools constants, ChunkNames names, ProfileBuilder builder, JvmFrames frames) {
    this.constants = constants;
    this.names = names;
    this.builder = builder;
    this.frames = frames;
    stackLayout = constants.layout(STACK);
    frameLayout = stackLayout == null ? null : stackLayout.elements(stackLayout.slot("frames"));
    stackSlots = new long[stackLayout == null ? 0 : stackLayout.slots()];
    truncatedSlot = stackLayout == null ? -1 : stackLayout.slot("truncated");
    frameSlots = new long[frameLayout == null ? 0 : frameLayout.slots()];
    method = frameLayout == null ? -1 : frameLayout.slot("method");
    line = frameLayout == null ? -1 : frameLayout.slot("lineNumber");
    type = frameLayout == null ? -1 : frameLayout.slot("type");
  }

  /** The row of a stack in the profile; one frame that says so if there is no such stack. */
  int row(long stack) throws ProfileFormatException {
    return known(stack) >> 1;
  }

  /** Whether a stack was cut at its root. */
  boolean isTruncated(long stack) throws ProfileFormatException {
    return (known(stack) & 1) != 0;
  }

  /** The row of a stack, times two, plus one if it is truncated. */
  private int known(long stack) throws ProfileFormatException {
    int known = rowOfStack.get(stack);
    if (known == LongIndex.NONE) {
      known = Math.multiplyExact(builder.stack(convert(stack)), 2) + (truncated ? 1 : 0);
      rowOfStack.put(stack, known);
    }
    return known;
  }

  /** The name of the method at the leaf of a stack; empty if there is none. */
  String leaf(long stack) throws ProfileFormatException {
    if (seekFrames(stack) == 0 || frameLayout == null || method < 0) {
      return "";
    }
    frameLayout.read(cursor, frameSlots);
    ChunkNames.Method known = method(indexOfMethod(frameSlots[method]));
    return known == null ? "" : known.name();
  }

  /** Puts the cursor at the first frame of a stack; returns how many there are, 0 if none. */
  private int seekFrames(long stack) throws ProfileFormatException {
    truncated = false;
    if (stackLayout == null || frameLayout == null || !constants.seek(STACK, stack, cursor)) {
      return 0;
    }
    stackLayout.read(cursor, stackSlots);
    truncated = truncatedSlot >= 0 && stackSlots[truncatedSlot] != 0;
    cursor.position((int) stackSlots[stackLayout.slot("frames")]);
    return cursor.count();
  }

  private int[] convert(long stack) throws ProfileFormatException {
    int count = seekFrames(stack);
    if (count == 0 && !constants.seek(STACK, stack, cursor)) {
      return new int[] {frames.nativeLocation("[no stack]", "")};
    }
    if (rows.length < count) {
      rows = new int[count];
    }
    int kept = 0;
    for (int left = count; left > 0; left--) {
      if (frameLayout == null) {
        break;
      }
      frameLayout.read(cursor, frameSlots);
      int known = indexOfMethod(value(method));
      // Frames that the JVM makes for lambdas and method handles; stack traces hide them too.
      if (count == 1 || !isHidden(known)) {
        rows[kept++] = location(known);
      }
    }
    return Arrays.copyOf(rows, kept);
  }

  private boolean isHidden(int index) {
    ChunkNames.Method known = method(index);
    return known != null && known.hidden();
  }

  private long value(int slot) {
    return slot < 0 ? 0 : frameSlots[slot];
  }

  private int indexOfMethod(long id) throws ProfileFormatException {
    int index = indexOfMethod.get(id);
    if (index == LongIndex.NONE) {
      index = methods.size();
      methods.add(names.method(id));
      indexOfMethod.put(id, index);
    }
    return index;
  }

  private ChunkNames.@Nullable Method method(int index) {
    return methods.get(index);
  }

  private int location(int index) throws ProfileFormatException {
    int at = Math.max(0, (int) value(line));
    long key = (long) index << 32 | at;
    boolean isNative = isNative(index);
    if (isNative) {
      key = ~key;
    }
    int known = locationOfFrame.get(key);
    if (known == LongIndex.NONE) {
      known = convert(method(index), at, isNative);
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
    ChunkNames.Method declared = method(index);
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
