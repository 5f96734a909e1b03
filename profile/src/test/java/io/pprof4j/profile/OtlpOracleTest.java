// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.profiles.v1development.Function;
import io.opentelemetry.proto.profiles.v1development.KeyValueAndUnit;
import io.opentelemetry.proto.profiles.v1development.Line;
import io.opentelemetry.proto.profiles.v1development.Location;
import io.opentelemetry.proto.profiles.v1development.Mapping;
import io.opentelemetry.proto.profiles.v1development.ProfilesData;
import io.opentelemetry.proto.profiles.v1development.ProfilesDictionary;
import io.opentelemetry.proto.profiles.v1development.Stack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** OpenTelemetry's own classes read what we write for it. */
class OtlpOracleTest {
  private static final int PROFILES = 2000;

  @Test
  void tellsTheSameSamplesToOpenTelemetrysClasses() throws IOException {
    for (long seed = 0; seed < PROFILES; seed++) {
      Profile profile = Profiles.random(seed);
      ProfilesData data = written(profile);

      List<io.opentelemetry.proto.profiles.v1development.Profile> columns =
          data.getResourceProfiles(0).getScopeProfiles(0).getProfilesList();

      assertThat(columns).as("seed %d", seed).hasSameSizeAs(profile.sampleTypes());
      for (int type = 0; type < columns.size(); type++) {
        assertThat(told(data.getDictionary(), columns.get(type)))
            .as("seed %d, column %d", seed, type)
            // A sample is unique there: equal ones are added up.
            .isEqualTo(held(profile.compact(), type));
      }
    }
  }

  @Test
  void hasTheEmptyEntriesThatTheFormatAsksFor() throws IOException {
    ProfilesDictionary dictionary = written(Profiles.random(7)).getDictionary();

    assertThat(dictionary.getStringTable(0)).isEmpty();
    assertThat(dictionary.getMappingTable(0)).isEqualTo(Mapping.getDefaultInstance());
    assertThat(dictionary.getLocationTable(0)).isEqualTo(Location.getDefaultInstance());
    assertThat(dictionary.getFunctionTable(0)).isEqualTo(Function.getDefaultInstance());
    assertThat(dictionary.getStackTable(0)).isEqualTo(Stack.getDefaultInstance());
    assertThat(dictionary.getLinkTableCount()).isEqualTo(1);
    assertThat(dictionary.getAttributeTable(0)).isEqualTo(KeyValueAndUnit.getDefaultInstance());
  }

  @Test
  void keepsTimePeriodAndComments() throws IOException {
    Profile profile =
        Profile.builder(new ValueType("cpu", "nanoseconds"))
            .header(
                header ->
                    header
                        .withTime(123, 456)
                        .withPeriod(java.util.Optional.of(new ValueType("cpu", "ns")), 10)
                        .withComments(List.of("one", "two")))
            .build();

    ProfilesData data = written(profile);

    var column = data.getResourceProfiles(0).getScopeProfiles(0).getProfiles(0);
    assertThat(column.getTimeUnixNano()).isEqualTo(123);
    assertThat(column.getDurationNano()).isEqualTo(456);
    assertThat(column.getPeriod()).isEqualTo(10);
    assertThat(string(data.getDictionary(), column.getPeriodType().getUnitStrindex()))
        .isEqualTo("ns");
    assertThat(column.getAttributeIndicesList().stream().map(at -> label(data.getDictionary(), at)))
        .containsExactly("pprof.profile.comment=one", "pprof.profile.comment=two");
  }

  private static ProfilesData written(Profile profile) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    profile.writeOtlpTo(out);
    ProfilesData data = ProfilesData.parseFrom(out.toByteArray());
    assertThat(data.getUnknownFields().asMap()).isEmpty();
    return data;
  }

  private static List<String> told(
      ProfilesDictionary dictionary, io.opentelemetry.proto.profiles.v1development.Profile column) {
    List<String> told = new ArrayList<>();
    told.add(
        string(dictionary, column.getSampleType().getTypeStrindex())
            + "/"
            + string(dictionary, column.getSampleType().getUnitStrindex()));
    for (var sample : column.getSamplesList()) {
      List<String> frames = new ArrayList<>();
      for (int index : dictionary.getStackTable(sample.getStackIndex()).getLocationIndicesList()) {
        Location location = dictionary.getLocationTable(index);
        frames.add(
            file(dictionary, location.getMappingIndex())
                + Long.toHexString(location.getAddress())
                + location.getLinesList().stream().map(line -> frame(dictionary, line)).toList());
      }
      List<String> labels =
          sample.getAttributeIndicesList().stream().map(at -> label(dictionary, at)).toList();
      told.add(frames + " " + labels + " " + sample.getValuesList());
    }
    return told;
  }

  private static String file(ProfilesDictionary dictionary, int mapping) {
    return string(dictionary, dictionary.getMappingTable(mapping).getFilenameStrindex()) + "+";
  }

  private static String frame(ProfilesDictionary dictionary, Line line) {
    Function function = dictionary.getFunctionTable(line.getFunctionIndex());
    return string(dictionary, function.getNameStrindex())
        + " "
        + string(dictionary, function.getSystemNameStrindex())
        + " "
        + string(dictionary, function.getFilenameStrindex())
        + ":"
        + line.getLine();
  }

  private static String label(ProfilesDictionary dictionary, int index) {
    KeyValueAndUnit attribute = dictionary.getAttributeTable(index);
    String value =
        attribute.getValue().hasStringValue()
            ? attribute.getValue().getStringValue()
            : attribute.getValue().getIntValue() + string(dictionary, attribute.getUnitStrindex());
    return string(dictionary, attribute.getKeyStrindex()) + "=" + value;
  }

  private static String string(ProfilesDictionary dictionary, int index) {
    return dictionary.getStringTable(index);
  }

  private static List<String> held(Profile profile, int type) {
    List<String> held = new ArrayList<>();
    ValueType column = profile.sampleTypes().get(type);
    held.add(column.type() + "/" + column.unit());
    for (Sample sample : profile.samples()) {
      if (sample.value(type) != 0) {
        held.add(
            sample.locations().stream().map(OtlpOracleTest::place).toList()
                + " "
                + sample.labels().stream().map(OtlpOracleTest::words).toList()
                + " "
                + List.of(sample.value(type)));
      }
    }
    return held;
  }

  private static String place(io.pprof4j.profile.Location location) {
    String file = location.mapping().map(io.pprof4j.profile.Mapping::filename).orElse("");
    List<String> lines =
        location.lines().stream()
            .map(
                line ->
                    line.function().name()
                        + " "
                        + line.function().systemName()
                        + " "
                        + line.function().filename()
                        + ":"
                        + line.line())
            .toList();
    return file + "+" + Long.toHexString(location.address()) + lines;
  }

  private static String words(Label label) {
    if (label.value() instanceof LabelValue.Number number) {
      return label.key() + "=" + number.number() + number.unit();
    }
    return label.key() + "=" + ((LabelValue.Text) label.value()).text();
  }
}
