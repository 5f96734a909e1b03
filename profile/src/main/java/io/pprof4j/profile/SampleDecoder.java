// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import io.pprof4j.profile.internal.column.PackedFrames;
import java.util.Arrays;

/**
 * Decodes sample messages into the columns of their batch. References stay those of the wire, as
 * what they refer to comes later in the input. For use by one thread at a time.
 */
final class SampleDecoder {
  private final ProtoInput in = new ProtoInput();
  private final WireNumbers numbers = new WireNumbers();
  private final PackedFrames packed = new PackedFrames();
  private final boolean keepsStacks;

  private SampleBatch batch = new SampleBatch();

  /** Where the locations of a sample are, as long as they are one packed field. */
  private int packedAt;

  private int packedEnd;
  private boolean isPacked;

  /** The locations of a sample that are not, or do not fit 16 bits. */
  private int[] locations = new int[128];

  private int depth;
  private long labelHash;
  private long maxString;

  /**
   * A decoder.
   *
   * @param keepsStacks whether stacks are decoded; else it is only noted which locations they have
   */
  SampleDecoder(boolean keepsStacks) {
    this.keepsStacks = keepsStacks;
  }

  /** The largest string that a label refers to. */
  long maxString() {
    return maxString;
  }

  /** What the numbers in the stacks mean. */
  WireNumbers numbers() {
    return numbers;
  }

  /** What numbers there are in the stacks. */
  PackedFrames frames() {
    return packed;
  }

  /** Decodes all messages, or up to one that is malformed, which the batch remembers. */
  void decode(SampleBatch samples) {
    batch = samples;
    if (keepsStacks) {
      // A frame takes a byte at the least.
      samples.stacks.reserveNarrow(samples.bytes().length);
    }
    try {
      decodeAll();
    } catch (MalformedProtoException | RuntimeException | Error failure) {
      samples.failure = failure;
    }
  }

  private void decodeAll() throws MalformedProtoException {
    int from = 0;
    for (int sample = 0; sample < batch.size(); sample++) {
      int to = batch.end.get(sample);
      in.reset(batch.bytes(), from, to, batch.offset.get(sample));
      readSample();
      from = to;
    }
  }

  private void readSample() throws MalformedProtoException {
    depth = 0;
    isPacked = false;
    int values = batch.value.size();
    int labels = batch.labelKey.size();
    labelHash = 0;
    for (int field = in.next(); field >= 0; field = in.next()) {
      switch (field) {
        case 1 -> readLocations();
        case 2 -> readValues();
        case 3 -> readLabel();
        default -> in.skip();
      }
    }
    if (keepsStacks) {
      addStack();
    } else {
      scanStack();
    }
    batch.valueCount.add(batch.value.size() - values);
    batch.labelCount.add(batch.labelKey.size() - labels);
    batch.labelHash.add(LabelSetsBuilder.fold(labelHash));
  }

  /**
   * A stack is nearly always one packed field, which is decoded as a whole once it is known to be.
   */
  private void readLocations() throws MalformedProtoException {
    if (in.wireType() == ProtoInput.BYTES && depth == 0 && !isPacked) {
      int length = in.length();
      packedAt = in.position();
      packedEnd = packedAt + length;
      isPacked = true;
      in.skipBytes(length);
      return;
    }
    unpack();
    if (in.wireType() == ProtoInput.BYTES) {
      readPacked(in.length());
    } else {
      addLocation(in.varintField());
    }
  }

  private void addStack() throws MalformedProtoException {
    StackBatch stacks = batch.stacks;
    if (isPacked
        && packed.decode(batch.bytes(), packedAt, packedEnd, stacks.narrow, stacks.narrowCount)) {
      stacks.addNarrow(packed.depth(), packed.hash());
      return;
    }
    unpack();
    stacks.addWide(locations, depth);
  }

  private void scanStack() throws MalformedProtoException {
    if (isPacked && packed.scan(batch.bytes(), packedAt, packedEnd)) {
      return;
    }
    unpack();
    for (int at = 0; at < depth; at++) {
      packed.noteScanned(locations[at]);
    }
  }

  /** Takes the packed field apart that was left for later, if there is one. */
  private void unpack() throws MalformedProtoException {
    if (!isPacked) {
      return;
    }
    isPacked = false;
    reserve(packedEnd - packedAt);
    if (packed.decodeWide(batch.bytes(), packedAt, packedEnd, locations)) {
      depth = packed.depth();
      return;
    }
    int resume = in.position();
    in.moveTo(packedAt);
    readPacked(packedEnd - packedAt);
    in.moveTo(resume);
  }

  private void readPacked(int length) throws MalformedProtoException {
    int outer = in.push(length);
    while (in.more()) {
      addLocation(in.varint());
    }
    in.pop(outer);
  }

  private void reserve(int more) {
    if (more > locations.length - depth) {
      locations = Arrays.copyOf(locations, Capacity.grow(locations.length, depth + (long) more));
    }
  }

  private void addLocation(long id) {
    reserve(1);
    int number = numbers.of(id);
    packed.note(number);
    locations[depth++] = number;
  }

  private void readValues() throws MalformedProtoException {
    if (in.wireType() != ProtoInput.BYTES) {
      batch.value.add(in.varintField());
      return;
    }
    int outer = in.push(in.length());
    while (in.more()) {
      batch.value.add(in.varint());
    }
    in.pop(outer);
  }

  /** A label with neither text, number nor unit is dropped, as the reference reader does. */
  private void readLabel() throws MalformedProtoException {
    in.requireBytes();
    int outer = in.push(in.length());
    int key = 0;
    int text = 0;
    long number = 0;
    int unit = 0;
    for (int field = in.next(); field >= 0; field = in.next()) {
      switch (field) {
        case 1 -> key = index(in.varintField());
        case 2 -> text = index(in.varintField());
        case 3 -> number = in.varintField();
        case 4 -> unit = index(in.varintField());
        default -> in.skip();
      }
    }
    in.pop(outer);
    if (text != 0) {
      addLabel(key, text, 0, 0);
    } else if (number != 0 || unit != 0) {
      addLabel(key, LabelSets.NUMBER, number, unit);
    }
  }

  private void addLabel(int key, int text, long number, int unit) {
    batch.labelKey.add(key);
    batch.labelText.add(text);
    batch.labelNumber.add(number);
    batch.labelUnit.add(unit);
    labelHash = LabelSetsBuilder.mix(labelHash, key, text, number, unit);
  }

  private int index(long string) throws MalformedProtoException {
    if (string < 0 || string > Integer.MAX_VALUE) {
      throw in.malformed("string index " + string);
    }
    maxString = Math.max(maxString, string);
    return (int) string;
  }
}
