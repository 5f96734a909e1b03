// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.column.IntColumn;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Encodes a profile as {@code ProfilesData} of OpenTelemetry (opentelemetry-proto 1.11,
 * profiles/v1development/profiles.proto): the payload that OTLP sends and its file exporter writes.
 */
final class OtlpWriter {
  /*
   * A Profile there has one sample type, so ours with several columns becomes as many; a sample
   * whose value is 0 is left out of that column's. Stacks, locations, names and attributes are in
   * one dictionary for all of them, in which entry 0 of every table is the empty one, so our rows
   * are numbered from 1. What the format has no field for are the attributes that OpenTelemetry's
   * conventions name for data that comes from pprof.
   */
  private final Profile profile;
  private final OtlpDictionary dictionary = new OtlpDictionary();
  private final ProtoOutput message = new ProtoOutput();
  private final ProtoOutput nested = new ProtoOutput();

  private OtlpWriter(Profile profile) {
    this.profile = profile;
  }

  static void write(Profile profile, OutputStream target) throws IOException {
    new OtlpWriter(profile.compact()).write(target);
  }

  private void write(OutputStream target) throws IOException {
    ProtoOutput scope = new ProtoOutput();
    int[][] attributes = attributesOfSets();
    for (int type = 0; type < profile.sampleTypes().size(); type++) {
      scope.message(2, column(type, attributes));
    }
    ProtoOutput resource = new ProtoOutput();
    resource.message(2, scope);
    ProtoOutput data = new ProtoOutput();
    data.message(1, resource);
    data.message(2, dictionary());
    data.writeTo(target);
  }

  private int[][] attributesOfSets() {
    LabelSets sets = profile.labelSets();
    int[][] attributes = new int[sets.size()][];
    for (int set = 0; set < attributes.length; set++) {
      attributes[set] = new int[sets.count(set)];
      for (int label = 0; label < attributes[set].length; label++) {
        String key = sets.key(set, label);
        attributes[set][label] =
            sets.isNumber(set, label)
                ? dictionary.number(key, sets.number(set, label), sets.unit(set, label))
                : dictionary.text(key, sets.text(set, label));
      }
    }
    return attributes;
  }

  private ProtoOutput column(int type, int[][] attributes) {
    ProtoOutput column = new ProtoOutput();
    ProfileHeader header = profile.header();
    valueType(column, 1, header.sampleTypes().get(type));
    Samples samples = profile.samples();
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      if (samples.value(sample, type) != 0) {
        message.optional(1, samples.stack(sample) + 1L);
        indices(2, attributes[samples.labels(sample)]);
        nested.varint(samples.value(sample, type));
        message.message(4, nested);
        column.message(2, message);
      }
    }
    column.fixed64(3, header.timeNanos());
    column.optional(4, header.durationNanos());
    header.periodType().ifPresent(period -> valueType(column, 5, period));
    column.optional(6, header.period());
    indices(11, attributesOfHeader(header));
    column.append(message);
    message.clear();
    return column;
  }

  private void valueType(ProtoOutput out, int field, ValueType type) {
    message.optional(1, dictionary.string(type.type()));
    message.optional(2, dictionary.string(type.unit()));
    out.message(field, message);
  }

  /** Writes repeated indices, packed, to {@link #message}. */
  private void indices(int field, int[] indices) {
    if (indices.length > 0) {
      for (int index : indices) {
        nested.varint(index);
      }
      message.message(field, nested);
    }
  }

  private int[] attributesOfHeader(ProfileHeader header) {
    IntColumn attributes = new IntColumn();
    for (String comment : header.comments()) {
      attributes.add(dictionary.text("pprof.profile.comment", comment));
    }
    addText(attributes, "pprof.profile.doc_url", header.docUrl());
    addText(attributes, "pprof.profile.drop_frames", header.dropFrames());
    addText(attributes, "pprof.profile.keep_frames", header.keepFrames());
    addText(attributes, "pprof.scope.default_sample_type", header.defaultSampleType());
    return attributes.toArray();
  }

  private void addText(IntColumn attributes, String key, String text) {
    if (!text.isEmpty()) {
      attributes.add(dictionary.text(key, text));
    }
  }

  private ProtoOutput dictionary() {
    ProtoOutput out = new ProtoOutput();
    mappings(out);
    locations(out);
    functions(out);
    out.message(4, message); // no links
    stacks(out);
    dictionary.writeTo(out);
    return out;
  }

  private void mappings(ProtoOutput out) {
    out.message(1, message);
    Mappings table = profile.mappings();
    for (int mapping = 0; mapping < table.size(); mapping++) {
      message.optional(1, table.start[mapping]);
      message.optional(2, table.limit[mapping]);
      message.optional(3, table.offset[mapping]);
      message.optional(4, dictionary.string(table.filename(mapping)));
      indices(5, attributesOfMapping(table.get(mapping)));
      out.message(1, message);
    }
  }

  private int[] attributesOfMapping(Mapping mapping) {
    IntColumn attributes = new IntColumn();
    addText(attributes, "process.executable.build_id.gnu", mapping.buildId());
    byte flags = profile.mappings().flags[mapping.row()];
    addFlag(attributes, "pprof.mapping.has_functions", flags & Mappings.HAS_FUNCTIONS);
    addFlag(attributes, "pprof.mapping.has_filenames", flags & Mappings.HAS_FILENAMES);
    addFlag(attributes, "pprof.mapping.has_line_numbers", flags & Mappings.HAS_LINE_NUMBERS);
    addFlag(attributes, "pprof.mapping.has_inline_frames", flags & Mappings.HAS_INLINE_FRAMES);
    return attributes.toArray();
  }

  private void addFlag(IntColumn attributes, String key, int flag) {
    if (flag != 0) {
      attributes.add(dictionary.yes(key));
    }
  }

  private void locations(ProtoOutput out) {
    out.message(2, message);
    Locations table = profile.locations();
    for (int location = 0; location < table.size(); location++) {
      message.optional(1, table.mapping[location] + 1L); // no mapping is -1 here and 0 there
      message.optional(2, table.address[location]);
      for (int at = table.firstLine[location]; at < table.firstLine[location + 1]; at++) {
        nested.field(1, table.lineFunction[at] + 1L);
        nested.optional(2, table.line[at]);
        nested.optional(3, table.column[at]);
        message.message(3, nested);
      }
      if (table.folded[location]) {
        indices(4, new int[] {dictionary.yes("pprof.location.is_folded")});
      }
      out.message(2, message);
    }
  }

  private void functions(ProtoOutput out) {
    out.message(3, message);
    Functions table = profile.functions();
    for (int function = 0; function < table.size(); function++) {
      message.optional(1, dictionary.string(table.name(function)));
      message.optional(2, dictionary.string(table.strings.get(table.systemName[function])));
      message.optional(3, dictionary.string(table.filename(function)));
      message.optional(4, table.startLine[function]);
      out.message(3, message);
    }
  }

  private void stacks(ProtoOutput out) {
    out.message(7, message);
    Stacks stacks = profile.stacks();
    for (int stack = 0; stack < stacks.size(); stack++) {
      Interrupts.check(stack);
      int depth = stacks.depth(stack);
      for (int at = 0; at < depth; at++) {
        nested.varint(stacks.location(stack, at) + 1L);
      }
      if (depth > 0) {
        message.message(1, nested);
      }
      out.message(7, message);
    }
  }
}
