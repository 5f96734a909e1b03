// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Google's protobuf library reads what we write, and we read what it writes. */
class ProtobufOracleTest {
  private static final int PROFILES = 10_000;

  @Test
  void understandsOurMessagesAndWeItsOwn() throws Exception {
    Descriptor schema = schema();
    for (long seed = 0; seed < PROFILES; seed++) {
      Profile profile = Profiles.random(seed);

      DynamicMessage message = DynamicMessage.parseFrom(schema, Profiles.bytes(profile));

      assertThat(message.getUnknownFields().asMap()).as("seed %d", seed).isEmpty();
      check(message, profile, seed);
      assertThat(Profiles.read(message.toByteArray())).as("seed %d", seed).isEqualTo(profile);
    }
  }

  private static void check(DynamicMessage message, Profile profile, long seed) {
    List<?> samples = list(message, "sample");
    List<?> strings = list(message, "string_table");
    assertThat(samples).as("seed %d", seed).hasSameSizeAs(profile.samples());
    for (int row = 0; row < samples.size(); row++) {
      DynamicMessage sample = (DynamicMessage) samples.get(row);
      Sample ours = profile.samples().get(row);
      assertThat(list(sample, "value")).as("seed %d", seed).isEqualTo(ours.values());
      assertThat(list(sample, "location_id"))
          .isEqualTo(ours.locations().stream().map(Location::id).toList());
      assertThat(list(sample, "label")).hasSameSizeAs(ours.labels());
    }
    List<?> functions = list(message, "function");
    for (int row = 0; row < functions.size(); row++) {
      DynamicMessage function = (DynamicMessage) functions.get(row);
      assertThat(strings.get((int) number(function, "name")))
          .as("seed %d", seed)
          .isEqualTo(profile.functions().name(row));
    }
  }

  private static List<?> list(DynamicMessage message, String field) {
    return (List<?>) message.getField(field(message, field));
  }

  private static long number(DynamicMessage message, String field) {
    return (Long) message.getField(field(message, field));
  }

  private static FieldDescriptor field(DynamicMessage message, String name) {
    return message.getDescriptorForType().findFieldByName(name);
  }

  /** profile.proto, as far as it is known to us: names, numbers and types of all fields. */
  private static Descriptor schema() throws Exception {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder().setName("profile.proto").setSyntax("proto3");
    file.addMessageType(message("ValueType", "type:1:int64", "unit:2:int64"));
    file.addMessageType(
        message("Sample", "location_id:1:*uint64", "value:2:*int64", "label:3:*Label"));
    file.addMessageType(
        message("Label", "key:1:int64", "str:2:int64", "num:3:int64", "num_unit:4:int64"));
    file.addMessageType(
        message(
            "Mapping",
            "id:1:uint64",
            "memory_start:2:uint64",
            "memory_limit:3:uint64",
            "file_offset:4:uint64",
            "filename:5:int64",
            "build_id:6:int64",
            "has_functions:7:bool",
            "has_filenames:8:bool",
            "has_line_numbers:9:bool",
            "has_inline_frames:10:bool"));
    file.addMessageType(
        message(
            "Location",
            "id:1:uint64",
            "mapping_id:2:uint64",
            "address:3:uint64",
            "line:4:*Line",
            "is_folded:5:bool"));
    file.addMessageType(message("Line", "function_id:1:uint64", "line:2:int64", "column:3:int64"));
    file.addMessageType(
        message(
            "Function",
            "id:1:uint64",
            "name:2:int64",
            "system_name:3:int64",
            "filename:4:int64",
            "start_line:5:int64"));
    file.addMessageType(
        message(
            "Profile",
            "sample_type:1:*ValueType",
            "sample:2:*Sample",
            "mapping:3:*Mapping",
            "location:4:*Location",
            "function:5:*Function",
            "string_table:6:*string",
            "drop_frames:7:int64",
            "keep_frames:8:int64",
            "time_nanos:9:int64",
            "duration_nanos:10:int64",
            "period_type:11:ValueType",
            "period:12:int64",
            "comment:13:*int64",
            "default_sample_type:14:int64",
            "doc_url:15:int64"));
    return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0])
        .findMessageTypeByName("Profile");
  }

  private static DescriptorProto message(String name, String... fields) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    for (String field : fields) {
      String[] parts = field.split(":", 3);
      boolean repeated = parts[2].startsWith("*");
      String type = repeated ? parts[2].substring(1) : parts[2];
      FieldDescriptorProto.Builder proto =
          FieldDescriptorProto.newBuilder()
              .setName(parts[0])
              .setNumber(Integer.parseInt(parts[1]))
              .setLabel(
                  repeated
                      ? FieldDescriptorProto.Label.LABEL_REPEATED
                      : FieldDescriptorProto.Label.LABEL_OPTIONAL);
      switch (type) {
        case "int64" -> proto.setType(FieldDescriptorProto.Type.TYPE_INT64);
        case "uint64" -> proto.setType(FieldDescriptorProto.Type.TYPE_UINT64);
        case "bool" -> proto.setType(FieldDescriptorProto.Type.TYPE_BOOL);
        case "string" -> proto.setType(FieldDescriptorProto.Type.TYPE_STRING);
        default -> proto.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(type);
      }
      message.addField(proto);
    }
    return message.build();
  }
}
