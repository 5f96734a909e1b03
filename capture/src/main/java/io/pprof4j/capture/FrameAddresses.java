// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Addresses for frames of Java code, which has none that last. Text profiles need them: the format
 * names a frame by its address, and pprof asks for its name afterwards ({@code
 * /debug/pprof/symbol}).
 */
public final class FrameAddresses {
  /*
   * An address is  hash of the function (40 bits) | line (16 bits) | 8.
   * A function thus has a range of addresses, as in native code, and a line number its place in it.
   * The hash makes addresses the same from run to run; functions whose hashes collide take the next
   * free range. The low 4 bits leave room for pprof, which subtracts 1 from a caller's address
   * before it asks for the name.
   */
  private static final int LINE_BITS = 16;
  private static final int LOW_BITS = 4;
  private static final int FUNCTION_SHIFT = LINE_BITS + LOW_BITS;
  private static final long HASH_MASK = (1L << 40) - 1;
  private static final long MIDDLE = 8;

  private final ConcurrentMap<Long, Function> functionOfRange = new ConcurrentHashMap<>();

  /** A table in which no function has a range yet. */
  public FrameAddresses() {}

  private record Function(String name, String systemName) {}

  /**
   * The address of a frame, never zero and the same at every call.
   *
   * @param name the function's name
   * @param systemName its unique name, or empty
   * @param line line in the source; 0 if unknown
   */
  public long address(String name, String systemName, long line) {
    Function function = new Function(name, systemName);
    long range = range(function);
    long place = Math.max(0, Math.min(line, (1L << LINE_BITS) - 1));
    return range << FUNCTION_SHIFT | place << LOW_BITS | MIDDLE;
  }

  /** The distance of an address from the start of its function. */
  public static long offset(long address) {
    return address & (1L << FUNCTION_SHIFT) - 1;
  }

  /** The name of the function whose range holds the address; empty if no frame has had it. */
  public Optional<String> symbol(long address) {
    return Optional.ofNullable(functionOfRange.get(address >>> FUNCTION_SHIFT)).map(Function::name);
  }

  private long range(Function function) {
    long range = hash(function) & HASH_MASK;
    while (true) {
      if (range != 0) {
        Function owner = functionOfRange.putIfAbsent(range, function);
        if (owner == null || owner.equals(function)) {
          return range;
        }
      }
      range = range + 1 & HASH_MASK;
    }
  }

  /** FNV-1a over the characters of both names, with a separator. */
  private static long hash(Function function) {
    long hash = 0xcbf29ce484222325L;
    String text = function.name + '\0' + function.systemName;
    for (int at = 0; at < text.length(); at++) {
      hash = (hash ^ text.charAt(at)) * 0x100000001b3L;
    }
    return hash ^ hash >>> 40;
  }
}
