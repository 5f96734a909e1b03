// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.StackBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A chunk before its events are added up: all that can be done while others are. */
final class PreparedChunk {
  /*
   * Two passes over the events: they are not in order of time, and the settings that say what a
   * sample stands for may come after it. The first finds those, and the stacks to decode, which is
   * most of the work: parts of them are decoded by several threads while the second pass, in the
   * thread of the recording, already adds up events.
   */
  private final ChunkHeader header;
  private final ChunkBytes bytes;
  private final ConstantPools constants;
  private final ChunkNames names;
  private final EventTypes types;
  private final ChunkSettings settings;
  private final ChunkLabels labels;
  private final UsedStacks stacks;
  private final Workers workers;
  private final ChunkMemory memory;
  private final List<FutureTask<StackPart>> parts = new ArrayList<>();

  private PreparedChunk(
      RecordingBytes file, ChunkHeader header, Workers workers, ChunkMemory memory)
      throws IOException {
    this.header = header;
    this.workers = workers;
    this.memory = memory;
    bytes = new ChunkBytes(file, header);
    Metadata metadata = memory.metadata(bytes.event(header.metadata(), header.end()));
    constants = ConstantPools.read(bytes, header, metadata);
    names = new ChunkNames(constants);
    types = new EventTypes(metadata, header);
    settings = new ChunkSettings(header, metadata, names);
    labels = new ChunkLabels(header, metadata, names);
    StackFormat format = StackFormat.of(constants);
    stacks = new UsedStacks(format == null ? null : format.pool());
    readEvents();
    if (format != null) {
      startParts(format);
    }
  }

  /** Prepares a chunk, with the help of other threads. */
  static PreparedChunk of(
      RecordingBytes file, ChunkHeader header, Workers workers, ChunkMemory memory)
      throws IOException {
    return new PreparedChunk(file, header, workers, memory);
  }

  /** The first pass. */
  private void readEvents() throws IOException {
    EventWindow window = bytes.events();
    long[] slots = {};
    while (window.advance()) {
      EventType type = types.of(window.type());
      if (type == null) {
        settings.note(window);
        labels.note(window);
      } else if (type.hasStack()) {
        slots = slots.length < types.slots() ? new long[types.slots()] : slots;
        stacks.note(type.readStack(window.body(), slots));
      }
    }
  }

  private void startParts(StackFormat format) {
    for (int from = 0; from < stacks.size(); from += StackPart.SIZE) {
      int first = from;
      parts.add(workers.submit(() -> StackPart.decode(format, stacks, first, memory)));
    }
  }

  ChunkHeader header() {
    return header;
  }

  ConstantPools constants() {
    return constants;
  }

  ChunkNames names() {
    return names;
  }

  EventTypes types() {
    return types;
  }

  UsedStacks stacks() {
    return stacks;
  }

  /** How many parts the stacks are in. */
  int parts() {
    return parts.size();
  }

  /** Whether a part of the stacks is decoded already. */
  boolean hasPart(int number) {
    return parts.get(number).isDone();
  }

  /** A part of the stacks, once it is decoded. */
  StackPart part(int number) throws IOException {
    return workers.await(parts.get(number));
  }

  /** Starts to look up the locations of a part's frames. */
  FutureTask<StackBatch> locate(StackPart part, int[] locationOf) {
    return workers.submit(() -> part.locate(locationOf, memory));
  }

  /** A part's stacks, once their locations are there. */
  StackBatch located(FutureTask<StackBatch> begun) throws IOException {
    return workers.await(begun);
  }

  /** Ends the use of a part's stacks. */
  void giveBack(StackBatch stacksOfPart) {
    memory.giveBack(stacksOfPart);
  }

  /** Tells the recording of the settings and labels in this chunk. */
  void tell(RecordingSums sums) {
    settings.tell(sums.periods());
    labels.tell(sums.labels());
  }

  /** Ends the use of the chunk: another one may have its memory. */
  void release() throws IOException {
    for (FutureTask<StackPart> part : parts) {
      workers.await(part);
    }
    bytes.release();
  }

  /** A window for the second pass; null if there is no event to add. */
  @Nullable EventWindow events() {
    return types.isAny() ? bytes.events() : null;
  }
}
