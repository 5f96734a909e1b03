// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.text;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.LineSpec;
import io.pprof4j.profile.LocationSpec;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.Stacks;
import io.pprof4j.profile.Utf8;
import io.pprof4j.profile.ValueType;
import io.pprof4j.profile.internal.Rounding;
import io.pprof4j.profile.internal.ValueUnits;
import io.pprof4j.profile.internal.column.IntColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file format of speedscope (https://www.speedscope.app/file-format-schema.json): frames shared
 * by profiles, each of which has samples with weights, or events of frames that open and close.
 */
public final class Speedscope {
  private static final int NO_LABELS = 0;
  private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

  private final ProfileBuilder builder;
  private final double scale;
  private final int[] locations;

  private Speedscope(ProfileBuilder builder, double scale, int[] locations) {
    this.builder = builder;
    this.scale = scale;
    this.locations = locations;
  }

  /** The profile; empty if the text is no object with profiles. */
  public static Optional<Profile> read(byte[] bytes) throws ProfileFormatException {
    int first = 0;
    while (first < bytes.length && " \t\r\n".indexOf(bytes[first]) >= 0) {
      first++;
    }
    if (first == bytes.length || bytes[first] != '{') {
      return Optional.empty();
    }
    Map<?, ?> file = object(Json.parse(Utf8.decode(bytes)), "file");
    if (!(file.get("profiles") instanceof List<?> profiles) || file.get("shared") == null) {
      return Optional.empty();
    }
    return Optional.of(read(file, profiles));
  }

  private static Profile read(Map<?, ?> file, List<?> profiles) throws ProfileFormatException {
    String unit = profiles.isEmpty() ? "none" : unit(object(profiles.get(0), "profile"));
    boolean time = ValueUnits.ratio(unit, "nanoseconds").isPresent();
    ProfileBuilder builder = Profile.builder(type(unit, time));
    double scale = time ? ValueUnits.ratio(unit, "nanoseconds").orElse(1) : 1;
    Object frames = object(file.get("shared"), "shared").get("frames");
    Speedscope reader = new Speedscope(builder, scale, locations(builder, list(frames, "frames")));
    for (Object entry : profiles) {
      Map<?, ?> profile = object(entry, "profile");
      if (!unit(profile).equals(unit)) {
        throw malformed("profiles have different units, " + unit + " and " + unit(profile));
      }
      reader.add(profile, profiles.size() > 1);
    }
    return builder.build();
  }

  private static ValueType type(String unit, boolean time) {
    if (time) {
      return new ValueType("time", "nanoseconds");
    }
    return unit.equals("bytes")
        ? new ValueType("space", "bytes")
        : new ValueType("samples", "count");
  }

  private static String unit(Map<?, ?> profile) {
    return profile.get("unit") instanceof String unit ? unit : "none";
  }

  private static int[] locations(ProfileBuilder builder, List<?> frames)
      throws ProfileFormatException {
    int[] locations = new int[frames.size()];
    for (int row = 0; row < locations.length; row++) {
      Map<?, ?> frame = object(frames.get(row), "frame");
      String name = frame.get("name") instanceof String text ? text : "";
      String file = frame.get("file") instanceof String text ? text : "";
      int function = FrameName.addTo(builder, name, file);
      LineSpec line = new LineSpec(function, whole(frame.get("line")), whole(frame.get("col")));
      locations[row] =
          builder.location(new LocationSpec(Locations.NO_MAPPING, 0, List.of(line), false));
    }
    return locations;
  }

  private static long whole(@Nullable Object number) {
    return number instanceof Double value ? value.longValue() : 0;
  }

  private void add(Map<?, ?> profile, boolean named) throws ProfileFormatException {
    String name = profile.get("name") instanceof String text ? text : "";
    int labels = named ? builder.labels(List.of(Label.of("thread", name))) : NO_LABELS;
    if ("evented".equals(profile.get("type"))) {
      addEvents(list(profile.get("events"), "events"), labels);
    } else {
      addSamples(profile, labels);
    }
  }

  private void addSamples(Map<?, ?> profile, int labels) throws ProfileFormatException {
    List<?> samples = list(profile.get("samples"), "samples");
    double[] weights = numbers(profile.get("weights"), "weights");
    if (weights.length != samples.size()) {
      throw malformed("%d weights for %d samples".formatted(weights.length, samples.size()));
    }
    for (int sample = 0; sample < weights.length; sample++) {
      double[] frames = numbers(samples.get(sample), "sample");
      int[] stack = new int[frames.length];
      for (int depth = 0; depth < stack.length; depth++) {
        stack[stack.length - 1 - depth] = location(frames[depth]);
      }
      builder.sample(labels, stack, Rounding.nearest(weights[sample] * scale));
    }
  }

  /** Each span between two events is a sample of the frames that are open in it. */
  private void addEvents(List<?> events, int labels) throws ProfileFormatException {
    IntColumn open = new IntColumn();
    int depth = 0;
    double before = 0;
    for (Object entry : events) {
      Map<?, ?> event = object(entry, "event");
      double time = number(event.get("at"), "at");
      int location = location(number(event.get("frame"), "frame"));
      long value = Rounding.nearest((time - before) * scale);
      if (depth > 0 && value != 0) {
        builder.sample(labels, stack(open, depth), value);
      }
      before = time;
      if ("O".equals(event.get("type"))) {
        open = push(open, depth++, location);
      } else if (depth == 0 || open.get(--depth) != location) {
        throw malformed("an event closes a frame that is not the last one opened");
      }
    }
  }

  private static IntColumn push(IntColumn open, int depth, int location) {
    if (depth < open.size()) {
      open.set(depth, location);
    } else {
      open.add(location);
    }
    return open;
  }

  private static int[] stack(IntColumn open, int depth) {
    int[] stack = new int[depth];
    for (int at = 0; at < depth; at++) {
      stack[at] = open.get(depth - 1 - at);
    }
    return stack;
  }

  private int location(double frame) throws ProfileFormatException {
    if (!(frame >= 0 && frame < locations.length)) {
      throw malformed("frame %s of %d".formatted(frame, locations.length));
    }
    return locations[(int) frame];
  }

  private static Map<?, ?> object(@Nullable Object value, String what)
      throws ProfileFormatException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw malformed(what + " must be an object");
  }

  private static List<?> list(@Nullable Object value, String what) throws ProfileFormatException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw malformed(what + " must be an array");
  }

  private static double[] numbers(@Nullable Object value, String what)
      throws ProfileFormatException {
    if (value instanceof double[] numbers) {
      return numbers;
    }
    if (value instanceof List<?> list && list.isEmpty()) {
      return new double[0];
    }
    throw malformed(what + " must be an array of numbers");
  }

  private static double number(@Nullable Object value, String what) throws ProfileFormatException {
    if (value instanceof Double number) {
      return number;
    }
    throw malformed(what + " must be a number");
  }

  private static ProfileFormatException malformed(String problem) {
    return new ProfileFormatException("parsing profile: speedscope: " + problem);
  }

  /** Writes each value column as a profile of its own. */
  public static void write(Profile profile, String name, OutputStream out) throws IOException {
    StringBuilder json = new StringBuilder();
    json.append("{\"$schema\":\"").append(SCHEMA).append("\",\"name\":").append(Json.quote(name));
    json.append(",\"exporter\":\"pprof4j\",\"shared\":{\"frames\":[");
    int[] firstFrame = writeFrames(profile, json);
    json.append("]},\"profiles\":[");
    for (int type = 0; type < profile.sampleTypes().size(); type++) {
      json.append(type == 0 ? "" : ",");
      writeProfile(profile, type, firstFrame, json);
      flush(json, out);
    }
    json.append("]}\n");
    flush(json, out);
  }

  private static void flush(StringBuilder json, OutputStream out) throws IOException {
    out.write(json.toString().getBytes(StandardCharsets.UTF_8));
    json.setLength(0);
  }

  /** Frames are lines; a location without lines is one frame, its address. */
  private static int[] writeFrames(Profile profile, StringBuilder json) {
    Locations locations = profile.locations();
    int[] first = new int[locations.size() + 1];
    int frames = 0;
    for (int location = 0; location < locations.size(); location++) {
      first[location] = frames;
      int count = locations.lineCount(location);
      if (count == 0) {
        json.append(frames++ == 0 ? "" : ",").append("{\"name\":\"0x");
        json.append(Long.toHexString(locations.address(location))).append("\"}");
      }
      for (int line = 0; line < count; line++) {
        json.append(frames++ == 0 ? "" : ",");
        writeFrame(profile, location, line, json);
      }
    }
    first[locations.size()] = frames;
    return first;
  }

  private static void writeFrame(Profile profile, int location, int line, StringBuilder json) {
    Locations locations = profile.locations();
    int function = locations.function(location, line);
    json.append("{\"name\":").append(Json.quote(profile.functions().name(function)));
    String file = profile.functions().filename(function);
    if (!file.isEmpty()) {
      json.append(",\"file\":").append(Json.quote(file));
    }
    if (locations.line(location, line) > 0) {
      json.append(",\"line\":").append(locations.line(location, line));
    }
    if (locations.column(location, line) > 0) {
      json.append(",\"col\":").append(locations.column(location, line));
    }
    json.append('}');
  }

  private static void writeProfile(
      Profile profile, int type, int[] firstFrame, StringBuilder json) {
    ValueType measured = profile.sampleTypes().get(type);
    long[] values = profile.samples().sumByStack(type);
    List<String> weights = new ArrayList<>();
    long total = 0;
    json.append("{\"type\":\"sampled\",\"name\":").append(Json.quote(measured.type()));
    json.append(",\"unit\":").append(Json.quote(knownUnit(measured.unit())));
    json.append(",\"samples\":[");
    for (int stack = 0; stack < values.length; stack++) {
      Interrupts.check(stack);
      if (values[stack] != 0) {
        json.append(weights.isEmpty() ? "" : ",");
        writeStack(profile.stacks(), stack, firstFrame, json);
        weights.add(String.valueOf(values[stack]));
        total += values[stack];
      }
    }
    json.append("],\"weights\":[").append(String.join(",", weights));
    json.append("],\"startValue\":0,\"endValue\":").append(total).append('}');
  }

  private static String knownUnit(String unit) {
    return switch (unit) {
      case "nanoseconds", "microseconds", "milliseconds", "seconds", "bytes" -> unit;
      default -> "none";
    };
  }

  private static void writeStack(Stacks stacks, int stack, int[] firstFrame, StringBuilder json) {
    json.append('[');
    boolean first = true;
    for (int depth = stacks.depth(stack) - 1; depth >= 0; depth--) {
      int location = stacks.location(stack, depth);
      for (int frame = firstFrame[location + 1] - 1; frame >= firstFrame[location]; frame--) {
        json.append(first ? "" : ",").append(frame);
        first = false;
      }
    }
    json.append(']');
  }
}
