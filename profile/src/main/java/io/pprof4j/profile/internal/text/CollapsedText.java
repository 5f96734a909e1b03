// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.text;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.Stacks;
import io.pprof4j.profile.Utf8;
import io.pprof4j.profile.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Collapsed stacks, the text that flame graph tools exchange: a line per stack, frames root first
 * and separated by semicolons, then a space and a count.
 */
public final class CollapsedText {
  private static final ValueType SAMPLES = new ValueType("samples", "count");

  private final ProfileBuilder builder = Profile.builder(SAMPLES);
  private final Map<String, Integer> locations = new LinkedHashMap<>();

  private CollapsedText() {}

  /** The profile; empty if a line is no stack, or if all stacks are single frames. */
  public static Optional<Profile> read(byte[] bytes) throws ProfileFormatException {
    if (!looksCollapsed(bytes)) {
      return Optional.empty();
    }
    CollapsedText text = new CollapsedText();
    LineScanner lines = LineScanner.unlimited(bytes, 0);
    while (lines.next()) {
      if (!LineScanner.isBlankOrComment(lines.line())) {
        text.addLine(lines.line(), lines.offset());
      }
    }
    return Optional.of(text.builder.build());
  }

  private static boolean looksCollapsed(byte[] bytes) throws ProfileFormatException {
    LineScanner lines = LineScanner.unlimited(bytes, 0);
    boolean hasStack = false;
    while (lines.next()) {
      String line = lines.line();
      if (LineScanner.isBlankOrComment(line)) {
        continue;
      }
      if (!hasCount(line)) {
        return false;
      }
      hasStack |= line.indexOf(';') >= 0;
    }
    return hasStack;
  }

  private static boolean hasCount(String line) {
    int digits = line.length();
    while (digits > 0 && line.charAt(digits - 1) >= '0' && line.charAt(digits - 1) <= '9') {
      digits--;
    }
    return digits < line.length() && digits > 1 && line.charAt(digits - 1) == ' ';
  }

  private void addLine(String line, long offset) throws ProfileFormatException {
    int space = line.lastIndexOf(' ');
    String[] frames = line.substring(0, space).split(";", -1);
    int[] stack = new int[frames.length];
    for (int frame = 0; frame < frames.length; frame++) {
      stack[frames.length - 1 - frame] = locations.computeIfAbsent(frames[frame], this::location);
    }
    try {
      builder.sample(stack, Long.parseLong(line.substring(space + 1)));
    } catch (NumberFormatException tooLarge) {
      throw new ProfileFormatException(
          "parsing profile: the count of a collapsed stack exceeds 64 bits", offset);
    }
  }

  private int location(String frame) {
    return builder.location(Locations.NO_MAPPING, FrameName.addTo(builder, frame, ""), 0);
  }

  /** Writes one value column, each distinct stack once, in the order of their first samples. */
  public static void write(Profile profile, int type, OutputStream out) throws IOException {
    Map<String, Long> sums = new LinkedHashMap<>();
    long[] values = profile.samples().sumByStack(type);
    for (int stack = 0; stack < values.length; stack++) {
      Interrupts.check(stack);
      if (values[stack] != 0) {
        sums.merge(stack(profile, stack), values[stack], Long::sum);
      }
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (Map.Entry<String, Long> sum : sums.entrySet()) {
      text.writeBytes(Utf8.encode(sum.getKey()));
      text.writeBytes((" " + sum.getValue() + "\n").getBytes(StandardCharsets.US_ASCII));
      if (text.size() > 1 << 16) {
        text.writeTo(out);
        text.reset();
      }
    }
    text.writeTo(out);
  }

  private static String stack(Profile profile, int stack) {
    StringBuilder text = new StringBuilder();
    Stacks stacks = profile.stacks();
    Locations locations = profile.locations();
    for (int depth = stacks.depth(stack) - 1; depth >= 0; depth--) {
      int location = stacks.location(stack, depth);
      int count = locations.lineCount(location);
      if (count == 0) {
        append(text, "0x" + Long.toHexString(locations.address(location)));
      }
      for (int line = count - 1; line >= 0; line--) {
        append(text, profile.functions().name(locations.function(location, line)));
      }
    }
    return text.isEmpty() ? "[empty]" : text.toString();
  }

  /** A name must not contain what separates names and lines. */
  private static void append(StringBuilder text, String name) {
    if (!text.isEmpty()) {
      text.append(';');
    }
    text.append(name.replace(';', ':').replace('\n', ' ').replace('\r', ' '));
  }
}
