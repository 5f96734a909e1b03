// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Encodes profile.proto. Fields come in the order of their numbers and strings are numbered in the
 * order of the fields that use them, so that equal profiles give equal bytes.
 */
final class ProtoWriter {
  /** Repeated numbers are packed from this many on; fewer take no more space unpacked. */
  private static final int PACKED_FROM = 3;

  private static final int BUFFER = 1 << 16;

  private final Profile profile;
  private final OutputStream target;
  private final StringTable strings = new StringTable();
  private final ProtoOutput out = new ProtoOutput();
  private final ProtoOutput message = new ProtoOutput();
  private final ProtoOutput nested = new ProtoOutput();
  private final VarintTable locationIds;
  private int[] locations = new int[128];

  private ProtoWriter(Profile profile, OutputStream target) {
    this.profile = profile;
    this.target = target;
    locationIds = new VarintTable(profile.locations().id);
  }

  static void writeCompressed(Profile profile, OutputStream target) throws IOException {
    writeCompressed(profile, target, Deflater.DEFAULT_COMPRESSION);
  }

  /** Writes gzip at a level of {@link Deflater}. */
  static void writeCompressed(Profile profile, OutputStream target, int level) throws IOException {
    GZIPOutputStream gzip =
        new GZIPOutputStream(target, BUFFER) {
          {
            def.setLevel(level);
          }
        };
    write(profile, gzip);
    gzip.finish();
  }

  /** About how many bytes a profile takes uncompressed, at the least. */
  static long expectedSize(Profile profile) {
    return profile.stacks().frames();
  }

  static void write(Profile profile, OutputStream target) throws IOException {
    new ProtoWriter(profile, target).write();
  }

  private void write() throws IOException {
    ProfileHeader header = profile.header();
    for (ValueType type : header.sampleTypes()) {
      valueType(1, type);
    }
    numberLabelStrings();
    for (int sample = 0; sample < profile.samples().size(); sample++) {
      sample(sample);
    }
    for (int mapping = 0; mapping < profile.mappings().size(); mapping++) {
      mapping(mapping);
    }
    for (int location = 0; location < profile.locations().size(); location++) {
      location(location);
    }
    for (int function = 0; function < profile.functions().size(); function++) {
      function(function);
    }
    header(header);
    flush(0);
  }

  /** Strings of labels are numbered sample by sample, before those of the tables. */
  private void numberLabelStrings() {
    LabelSets sets = profile.labelSets();
    boolean[] seen = new boolean[sets.size()];
    for (int set : profile.samples().labels) {
      if (seen[set]) {
        continue;
      }
      seen[set] = true;
      for (int at = sets.first[set]; at < sets.first[set + 1]; at++) {
        strings.number(sets.strings, sets.key[at]);
        boolean number = sets.text[at] == LabelSets.NUMBER;
        strings.number(sets.strings, number ? sets.unit[at] : sets.text[at]);
      }
    }
  }

  private void valueType(int field, ValueType type) {
    message.optional(1, strings.number(type.type()));
    message.optional(2, strings.number(type.unit()));
    out.message(field, message);
  }

  private void sample(int sample) throws IOException {
    Samples samples = profile.samples();
    stack(samples.stack(sample));
    int types = profile.sampleTypes().size();
    for (int type = 0; type < types; type++) {
      number(2, samples.value(sample, type), types);
    }
    pack(2, types);
    labels(samples.labels(sample));
    out.message(2, message);
    flush(BUFFER);
  }

  private void stack(int stack) {
    int depth = profile.stacks().depth(stack);
    if (depth > locations.length) {
      locations = new int[Capacity.grow(locations.length, depth)];
    }
    profile.stacks().locations(stack, locations);
    if (depth >= PACKED_FROM) {
      nested.varints(locationIds, locations, depth);
      message.message(1, nested);
    } else {
      for (int at = 0; at < depth; at++) {
        message.field(1, profile.locations().id[locations[at]]);
      }
    }
  }

  /** Writes one of {@code count} repeated numbers: packed ones are gathered for {@link #pack}. */
  private void number(int field, long value, int count) {
    if (count < PACKED_FROM) {
      message.field(field, value);
    } else {
      nested.varint(value);
    }
  }

  private void pack(int field, int count) {
    if (count >= PACKED_FROM) {
      message.message(field, nested);
    }
  }

  private void labels(int set) {
    LabelSets sets = profile.labelSets();
    for (int at = sets.first[set]; at < sets.first[set + 1]; at++) {
      nested.optional(1, strings.number(sets.strings, sets.key[at]));
      if (sets.text[at] == LabelSets.NUMBER) {
        nested.optional(3, sets.number[at]);
        nested.optional(4, strings.number(sets.strings, sets.unit[at]));
      } else {
        nested.optional(2, strings.number(sets.strings, sets.text[at]));
      }
      message.message(3, nested);
    }
  }

  private void mapping(int mapping) throws IOException {
    Mappings table = profile.mappings();
    message.optional(1, table.id[mapping]);
    message.optional(2, table.start[mapping]);
    message.optional(3, table.limit[mapping]);
    message.optional(4, table.offset[mapping]);
    message.optional(5, strings.number(table.strings, table.filename[mapping]));
    message.optional(6, strings.number(table.strings, table.buildId[mapping]));
    for (int flag = 0; flag < 4; flag++) {
      message.optional(7 + flag, table.flags[mapping] >> flag & 1);
    }
    out.message(3, message);
    flush(BUFFER);
  }

  private void location(int location) throws IOException {
    Locations table = profile.locations();
    int mapping = table.mapping[location];
    message.optional(1, table.id[location]);
    message.optional(2, mapping == Locations.NO_MAPPING ? 0 : table.mappings.id[mapping]);
    message.optional(3, table.address[location]);
    for (int at = table.firstLine[location]; at < table.firstLine[location + 1]; at++) {
      nested.optional(1, table.functions.id[table.lineFunction[at]]);
      nested.optional(2, table.line[at]);
      nested.optional(3, table.column[at]);
      message.message(4, nested);
    }
    message.optional(5, table.folded[location] ? 1 : 0);
    out.message(4, message);
    flush(BUFFER);
  }

  private void function(int function) throws IOException {
    Functions table = profile.functions();
    message.optional(1, table.id[function]);
    message.optional(2, strings.number(table.strings, table.name[function]));
    message.optional(3, strings.number(table.strings, table.systemName[function]));
    message.optional(4, strings.number(table.strings, table.filename[function]));
    message.optional(5, table.startLine[function]);
    out.message(5, message);
    flush(BUFFER);
  }

  /** The header's strings are numbered before the table is written, its fields after it. */
  private void header(ProfileHeader header) {
    ProtoOutput fields = new ProtoOutput();
    fields.optional(7, strings.number(header.dropFrames()));
    fields.optional(8, strings.number(header.keepFrames()));
    fields.optional(9, header.timeNanos());
    fields.optional(10, header.durationNanos());
    header.periodType().filter(ProtoWriter::isGiven).ifPresent(type -> periodType(fields, type));
    fields.optional(12, header.period());
    comments(fields, header);
    fields.field(14, strings.number(header.defaultSampleType()));
    fields.optional(15, strings.number(header.docUrl()));
    strings.writeTo(out, 6);
    out.append(fields);
  }

  private static boolean isGiven(ValueType type) {
    return !type.type().isEmpty() || !type.unit().isEmpty();
  }

  private void periodType(ProtoOutput fields, ValueType type) {
    message.optional(1, strings.number(type.type()));
    message.optional(2, strings.number(type.unit()));
    fields.message(11, message);
  }

  private void comments(ProtoOutput fields, ProfileHeader header) {
    int count = header.comments().size();
    for (String comment : header.comments()) {
      long number = strings.number(comment);
      if (count < PACKED_FROM) {
        fields.field(13, number);
      } else {
        nested.varint(number);
      }
    }
    if (count >= PACKED_FROM) {
      fields.message(13, nested);
    }
  }

  /** Hands the bytes on once there are more than {@code above}. */
  private void flush(int above) throws IOException {
    if (out.size() > above) {
      out.writeTo(target);
      out.clear();
    }
  }
}
