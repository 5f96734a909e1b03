// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decodes profile.proto from a stream. Field numbers are those of the format; references by id and
 * by string index are resolved when the whole message has been read, since fields come in any
 * order.
 */
final class ProtoReader {
  private final ProtoInput in;
  private final TableReader tables;
  private final SampleReader samples;
  private final StringsBuilder strings = new StringsBuilder();

  private final IntColumn sampleTypes = new IntColumn();
  private final LongColumn comments = new LongColumn();
  private boolean hasPeriodType;
  private long periodType;
  private long periodUnit;
  private long period;
  private long timeNanos;
  private long durationNanos;
  private long dropFrames;
  private long keepFrames;
  private long defaultSampleType;
  private long docUrl;

  private final int maxRows;

  private ProtoReader(InputStream stream, ReadLimits limits, boolean keepsStacks) {
    maxRows = limits.maxRows();
    in = new ProtoInput(stream);
    tables = new TableReader(in);
    samples = new SampleReader(keepsStacks);
  }

  /**
   * Reads one message up to the end of the stream.
   *
   * @param keepsStacks whether samples have their stacks, or all have the empty one
   * @throws MalformedProtoException if it is not a message
   * @throws ProfileFormatException if it is not a valid profile
   */
  static Profile read(InputStream stream, ReadLimits limits, boolean keepsStacks)
      throws IOException {
    ProtoReader reader = new ProtoReader(stream, limits, keepsStacks);
    try (SampleReader samples = reader.samples) {
      reader.readFields(samples);
      return reader.resolve();
    } catch (IllegalStateException tooLarge) {
      throw new ProfileFormatException(String.valueOf(tooLarge.getMessage()), reader.in.offset());
    }
  }

  private void readFields(SampleReader decoding) throws IOException {
    try {
      readFields();
    } catch (IOException failure) {
      // Samples are decoded later than other fields; what is wrong first counts.
      decoding.finish();
      throw failure;
    }
    decoding.finish();
  }

  private void readFields() throws IOException {
    int fields = 0;
    for (int field = in.nextTopLevel(); field >= 0; field = in.nextTopLevel()) {
      readField(field);
      fields++;
    }
    if (fields == 0) {
      throw new ProfileFormatException("parsing profile: empty input file", 0);
    }
  }

  private void readField(int field) throws IOException {
    switch (field) {
      case 1 -> readSampleType();
      case 2, 3, 4, 5 -> readRow(field);
      case 6 -> readString();
      case 7 -> dropFrames = in.varintField();
      case 8 -> keepFrames = in.varintField();
      case 9 -> readTime();
      case 10 -> durationNanos = in.varintField();
      case 11 -> readPeriodType();
      case 12 -> period = in.varintField();
      case 13 -> readComments();
      case 14 -> defaultSampleType = in.varintField();
      case 15 -> docUrl = in.varintField();
      default -> in.skipTopLevel();
    }
  }

  private void readRow(int field) throws IOException {
    int outer = enter();
    int rows =
        switch (field) {
          case 2 -> samples.readSample(in);
          case 3 -> tables.readMapping();
          case 4 -> tables.readLocation();
          default -> tables.readFunction();
        };
    in.pop(outer);
    checkRows(rows);
  }

  private void checkRows(int rows) throws ProfileFormatException {
    if (rows > maxRows) {
      throw new ProfileFormatException(
          "parsing profile: a table has more than the %d rows that the limits allow"
              .formatted(maxRows),
          in.offset());
    }
  }

  private int enter() throws IOException {
    in.requireBytes();
    return in.push(in.topLevelLength());
  }

  private void readSampleType() throws IOException {
    long[] type = readValueType();
    sampleTypes.add(index(type[0]));
    sampleTypes.add(index(type[1]));
  }

  private void readPeriodType() throws IOException {
    long[] type = readValueType();
    hasPeriodType = true;
    periodType = type[0];
    periodUnit = type[1];
  }

  private long[] readValueType() throws IOException {
    int outer = enter();
    long[] type = new long[2];
    for (int field = in.next(); field >= 0; field = in.next()) {
      switch (field) {
        case 1 -> type[0] = in.varintField();
        case 2 -> type[1] = in.varintField();
        default -> in.skip();
      }
    }
    in.pop(outer);
    return type;
  }

  /** A second collection time means that two messages were concatenated. */
  private void readTime() throws IOException {
    if (timeNanos != 0) {
      in.skipTopLevel();
      throw new ProfileFormatException(
          "parsing profile: concatenated profiles detected", in.offset());
    }
    timeNanos = in.varintField();
  }

  private void readComments() throws IOException {
    if (in.wireType() != ProtoInput.BYTES) {
      comments.add(in.varintField());
      return;
    }
    int outer = enter();
    while (in.more()) {
      comments.add(in.varint());
    }
    in.pop(outer);
  }

  private void readString() throws IOException {
    in.requireBytes();
    int length = in.topLevelLength();
    if (strings.size() == 0 && length != 0) {
      throw in.malformed("string_table[0] must be empty");
    }
    strings.append(in.window(), in.position(), length);
    in.skipBytes(length);
    checkRows(strings.size());
  }

  private int index(long index) throws IOException {
    if (index < 0 || index > Integer.MAX_VALUE) {
      throw in.malformed("string index " + index);
    }
    return (int) index;
  }

  private Profile resolve() throws IOException {
    Strings table = strings.build();
    StringIndex index = new StringIndex(table);
    ProfileHeader header = header(index);
    Locations locations = tables.resolve(index);
    WireIds locationIds = new WireIds("location", locations.id);
    Samples resolved = samples.resolve(index, locations, locationIds, header.sampleTypes().size());
    tables.checkIds(locations, locationIds);
    return new Profile(header, locations, resolved);
  }

  private ProfileHeader header(StringIndex index) throws IOException {
    List<ValueType> types = new ArrayList<>();
    for (int at = 0; at < sampleTypes.size(); at += 2) {
      types.add(new ValueType(index.get(sampleTypes.get(at)), index.get(sampleTypes.get(at + 1))));
    }
    List<String> text = new ArrayList<>();
    for (int at = 0; at < comments.size(); at++) {
      text.add(index.get(comments.get(at)));
    }
    Optional<ValueType> measured =
        hasPeriodType
            ? Optional.of(new ValueType(index.get(periodType), index.get(periodUnit)))
            : Optional.empty();
    return new ProfileHeader(
        types,
        measured,
        period,
        timeNanos,
        durationNanos,
        text,
        index.get(defaultSampleType),
        index.get(docUrl),
        index.get(dropFrames),
        index.get(keepFrames));
  }
}
