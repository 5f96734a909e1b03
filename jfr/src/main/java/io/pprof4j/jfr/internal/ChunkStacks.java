// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.StackBatch;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The stacks of a chunk as rows of a profile. A part becomes rows when one is first asked for. */
final class ChunkStacks {
  /*
   * Events are in about the order of the stacks' parts. So when a part is wanted first, the next one
   * is begun too: what locations its frames have is found here, since profiles are not for several
   * threads, and other threads write them into its stacks, which is more to do.
   */
  private static final int UNKNOWN = -1;

  private final PreparedChunk chunk;
  private final ProfileBuilder builder;
  private final MethodFrames methodFrames;
  private final ChunkFrames frames;

  /** Rows of stacks by position, times two, plus one if the stack is truncated; or UNKNOWN. */
  private final int[] known;

  /** The stacks of each part, which are looked up; null if nobody asked for them yet. */
  private final @Nullable FutureTask<StackBatch>[] begun;

  private int missing = UNKNOWN;

  @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of a generic type
  ChunkStacks(
      PreparedChunk chunk,
      ProfileBuilder builder,
      ChunkMethods methods,
      MethodFrames methodFrames) {
    this.chunk = chunk;
    this.builder = builder;
    this.methodFrames = methodFrames;
    frames = new ChunkFrames(chunk.names(), methods, methodFrames);
    known = new int[chunk.stacks().size()];
    Arrays.fill(known, UNKNOWN);
    begun = new FutureTask[chunk.parts()];
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
      addPart(position / StackPart.SIZE);
    }
    return known[position];
  }

  private int missing() {
    if (missing == UNKNOWN) {
      int[] frame = {methodFrames.noStack()};
      missing = Math.multiplyExact(builder.stack(frame), 2);
    }
    return missing;
  }

  /** The name of the method at the leaf of a stack; empty if there is none. */
  String leaf(int position) throws IOException {
    if (position == UsedStacks.NONE) {
      return "";
    }
    StackPart part = chunk.part(position / StackPart.SIZE);
    int leaf = part.leaf(position % StackPart.SIZE);
    return leaf == StackPart.NONE ? "" : frames.methodName(part.table().method(leaf));
  }

  /** Makes rows of all stacks of a part. */
  private void addPart(int number) throws IOException {
    FutureTask<StackBatch> before = begun[number];
    FutureTask<StackBatch> task = before == null ? begin(number) : before;
    int next = number + 1;
    if (next < begun.length && begun[next] == null && chunk.hasPart(next)) {
      begun[next] = begin(next);
    }
    begun[number] = task;
    StackBatch stacks = chunk.located(task);
    int[] rows = builder.stacks(stacks);
    chunk.giveBack(stacks);
    StackPart part = chunk.part(number);
    int from = number * StackPart.SIZE;
    for (int at = 0; at < rows.length; at++) {
      known[from + at] = Math.multiplyExact(rows[at], 2) + (part.isTruncated(at) ? 1 : 0);
    }
  }

  private FutureTask<StackBatch> begin(int number) throws IOException {
    StackPart part = chunk.part(number);
    return chunk.locate(part, locations(part.table()));
  }

  private int[] locations(FrameTable table) throws IOException {
    int[] locationOf = new int[table.size()];
    for (int frame = 0; frame < locationOf.length; frame++) {
      locationOf[frame] =
          frames.location(table.method(frame), table.line(frame), table.type(frame));
    }
    return locationOf;
  }
}
