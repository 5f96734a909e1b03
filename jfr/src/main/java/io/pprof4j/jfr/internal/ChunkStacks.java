// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileBuilder;
import java.io.IOException;
import java.util.Arrays;

/** The stacks of a chunk as rows of a profile. Each becomes one when it is first asked for. */
final class ChunkStacks {
  private static final int UNKNOWN = -1;

  /** A frame whose location is not known yet. */
  private static final int NO_LOCATION = Integer.MIN_VALUE;

  private final PreparedChunk chunk;
  private final ProfileBuilder builder;
  private final MethodFrames methodFrames;
  private final ChunkFrames frames;

  /** Rows of stacks by position, times two, plus one if the stack is truncated; or UNKNOWN. */
  private final int[] known;

  /** Locations of frames, by part and number in its table; complements of hidden ones. */
  private final int[][] locations;

  private int missing = UNKNOWN;

  /** The stack that is asked for. */
  private int[] rows = new int[64];

  ChunkStacks(PreparedChunk chunk, ProfileBuilder builder, MethodFrames methodFrames) {
    this.chunk = chunk;
    this.builder = builder;
    int stacks = chunk.stacks().size();
    this.methodFrames = methodFrames;
    frames = new ChunkFrames(chunk.names(), methodFrames);
    known = new int[stacks];
    Arrays.fill(known, UNKNOWN);
    locations = new int[(stacks + StackPart.SIZE - 1) / StackPart.SIZE][];
  }

  /**
   * The row of a stack in the profile, times two, plus one if it was cut at its root. A stack of
   * one frame that says so if there is no such stack.
   *
   * @param position as {@link UsedStacks#ofEvent} has it
   */
  int rowAndCut(int position) throws IOException {
    if (position == UsedStacks.NONE) {
      return missing();
    }
    if (known[position] == UNKNOWN) {
      StackPart part = chunk.part(position / StackPart.SIZE);
      int at = position % StackPart.SIZE;
      int row = builder.stack(rows, fillRows(part, at, locations(part, position)));
      known[position] = Math.multiplyExact(row, 2) + (part.isTruncated(at) ? 1 : 0);
    }
    return known[position];
  }

  private int missing() {
    if (missing == UNKNOWN) {
      missing = Math.multiplyExact(builder.stack(new int[] {methodFrames.noStack()}), 2);
    }
    return missing;
  }

  /** The name of the method at the leaf of a stack; empty if there is none. */
  String leaf(int position) throws IOException {
    if (position == UsedStacks.NONE) {
      return "";
    }
    StackPart part = chunk.part(position / StackPart.SIZE);
    int at = position % StackPart.SIZE;
    return part.depth(at) == 0 ? "" : frames.methodName(part.table().method(part.frame(at, 0)));
  }

  private int[] locations(StackPart part, int position) {
    int number = position / StackPart.SIZE;
    if (locations[number] == null) {
      locations[number] = new int[part.table().size()];
      Arrays.fill(locations[number], NO_LOCATION);
    }
    return locations[number];
  }

  /**
   * Gathers the locations of frames that stack traces show, without those of lambdas' own classes.
   *
   * @return how many they are
   */
  private int fillRows(StackPart part, int stack, int[] locationOf) throws IOException {
    int count = part.depth(stack);
    if (count > rows.length) {
      rows = new int[Math.max(count, 2 * rows.length)];
    }
    part.copy(stack, rows);
    int kept = 0;
    for (int depth = 0; depth < count; depth++) {
      int frame = rows[depth];
      int location = locationOf[frame];
      if (location == NO_LOCATION) {
        location = location(part.table(), frame);
        locationOf[frame] = location;
      }
      if (location >= 0) {
        rows[kept++] = location;
      } else if (count == 1) {
        rows[kept++] = ~location;
      }
    }
    return kept;
  }

  private int location(FrameTable table, int frame) throws IOException {
    return frames.location(table.method(frame), table.line(frame), table.type(frame));
  }
}
